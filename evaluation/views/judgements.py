"""What an evaluator adds to a report: grades with their reasons, and notes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme
from evaluation.domain.judged import judged_result
from evaluation.domain.judgements import ALLOWED, add_note, change_grade
from evaluation.domain.runs import report_of
from evaluation.forms import GradeForm, NoteForm
from evaluation.models import Run
from evaluation.report.judged_words import finding_numbers, listed_findings
from evaluation.report.reading import Reading
from evaluation.views.common import crumbs, page, programme_for
from people.confirming import confirmed
from people.enums import Role


def _judged(request: HttpRequest, code: str) -> tuple[Programme, Run]:
    """The programme and its newest run, if this person may judge its findings."""
    programme = programme_for(request, code)
    mine = Programme.objects.with_role(request.user, Role.EVALUATOR)
    run = report_of(get_object_or_404(mine, pk=programme.pk))
    if run is None:
        raise Http404
    return programme, run


def _reading(programme: Programme, run: Run) -> Reading:
    return Reading(judged_result(run), programme.kind == ProgrammeKind.STUDY)


@login_required
@require_safe
def report_findings(request: HttpRequest, code: str) -> HttpResponse:
    """All findings of the newest run with their grades, and the notes beside it."""
    programme, run = _judged(request, code)
    context = {
        "run": run,
        "findings": listed_findings(_reading(programme, run)),
        "notes": run.notes.select_related("written_by"),
        "form": NoteForm(),
        "crumbs": _up(request, programme),
    }
    return page(request, "evaluation/findings.html", programme, **context)


@login_required
@confirmed
def report_finding(request: HttpRequest, code: str, finding: str) -> HttpResponse:
    """One finding: its numbers, what else could explain it, and another grade with a reason."""
    programme, run = _judged(request, code)
    reading = _reading(programme, run)
    found = next((each for each in reading.result["findings"] if each["id"] == finding), None)
    if found is None:
        raise Http404
    others = [each for each in ALLOWED[found["kind"]] if each != found["grade"]]
    form = GradeForm(request.POST or None, grades=others)
    if request.method == "POST" and form.is_valid():
        change_grade(run, finding=finding, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The grade is changed; the report shows it with its reason."))
        return redirect("report_findings", code=programme.code)
    context: dict[str, Any] = {
        "found": finding_numbers(reading, found),
        "history": run.grade_changes.filter(finding=finding).select_related("changed_by"),
        "form": form,
        "crumbs": _up(request, programme, deeper=True),
    }
    return page(request, "evaluation/finding.html", programme, **context)


@login_required
@require_POST
def report_note(request: HttpRequest, code: str) -> HttpResponse:
    """Write a note beside the newest run."""
    programme, run = _judged(request, code)
    form = NoteForm(request.POST)
    if form.is_valid():
        add_note(run, text=form.cleaned_data["text"], actor=request.user)
        messages.success(request, _("The note is kept with this run."))
    else:
        messages.error(request, _("Write something first."))
    return redirect(reverse("report_findings", args=[programme.code]) + "#notes")


def _up(request: HttpRequest, programme: Programme, *, deeper: bool = False) -> list[Any]:
    way = [(_("Report"), reverse("report", args=[programme.code]))]
    if deeper:
        way.append((_("Findings and grades"), reverse("report_findings", args=[programme.code])))
    return crumbs(request, programme, *way)
