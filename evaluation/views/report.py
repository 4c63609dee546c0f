"""The learning-effect report: did it help, and how do we know?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme
from core.models import LeasedState
from evaluation.domain.analysis import set_support_rule
from evaluation.domain.file_orders import files_are_current
from evaluation.domain.runs import cancel_run, report_of, request_run
from evaluation.forms import AnalysisSettingsForm
from evaluation.models import AnalysisSettings, Run, RunInput
from evaluation.report.changed_words import changed_words
from evaluation.report.readers import EVALUATOR, READERS, tabs
from evaluation.report.reading import Reading
from evaluation.rules import may
from evaluation.views.common import crumbs, document_for, page, programme_for


def maker(request: HttpRequest, code: str) -> Programme:
    """The programme, if this person may make its report."""
    programme = programme_for(request, code)
    makers = Programme.objects.with_role(request.user, "evaluator", "coordinator")
    return get_object_or_404(makers, pk=programme.pk)


@require_safe
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The newest finished run, from its stored result; or how to get one."""
    programme = programme_for(request, code)
    run = report_of(programme)
    context = {
        "run": run,
        "document": document_for(request, programme, run) if run else None,
        "organisations": _names(request, programme, run),
        "decimal": get_format("DECIMAL_SEPARATOR"),
        "changed": changed_words(run.changes) if run else [],
        "sees_records": may(request.user, "evaluation.see_records", programme),
        "may_make": may(request.user, "evaluation.make_report", programme),
        "may_judge": may(request.user, "evaluation.judge", programme),
        "files_lag": run is not None and not files_are_current(run),
        "unfinished": _unfinished(programme),
        "failed": _failed(programme, run),
        "has_package": run is not None and RunInput.objects.filter(run=run).exists(),
        "tabs": tabs(EVALUATOR),
        "crumbs": crumbs(request, programme),
    }
    return page(request, "evaluation/report.html", programme, **context)


@require_safe
def report_for(request: HttpRequest, code: str, reader: str) -> HttpResponse:
    """The report for management, participants or the council, from the same run."""
    programme = programme_for(request, code)
    run = report_of(programme)
    if run is None or reader not in READERS or reader == EVALUATOR:
        raise Http404
    has_pdf = bool(run.files.get(get_language() or "nl", {}).get("readers", {}).get(reader))
    context = {
        "run": run,
        "document": document_for(request, programme, run, reader=reader),
        "tabs": tabs(reader),
        "decimal": get_format("DECIMAL_SEPARATOR"),
        "has_pdf": has_pdf and files_are_current(run),
        "crumbs": crumbs(
            request, programme, (_("Report"), reverse("report", args=[programme.code]))
        ),
    }
    return page(request, "evaluation/report_for.html", programme, **context)


def _names(request: HttpRequest, programme: Programme, run: Run | None) -> list[str]:
    """The organisations that may be pointed out: of which this reader sees the names in tables."""
    if run is None or not may(request.user, "evaluation.see_records", programme):
        return []
    reading = Reading(run.result, programme.kind == ProgrammeKind.STUDY)
    return list(reading.names.values())


def _unfinished(programme: Programme) -> Run | None:
    return Run.objects.filter(programme=programme).unfinished().defer("result").first()


def _failed(programme: Programme, run: Run | None) -> Run | None:
    """The newest run, if it failed after the last one that succeeded."""
    newest = Run.objects.filter(programme=programme).defer("result").first()
    return newest if newest and newest != run and newest.state == LeasedState.FAILED else None


@login_required
@require_POST
def report_make(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a report; a worker makes it."""
    programme = maker(request, code)
    request_run(programme, actor=request.user)
    messages.success(request, _("The report is being made. This takes about a minute."))
    return redirect("report", code=programme.code)


@login_required
@require_POST
def report_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Stop the report that is being made; the last one stays."""
    programme = maker(request, code)
    run = _unfinished(programme)
    if run is not None and cancel_run(run, actor=request.user):
        messages.success(request, _("The making was stopped. The last report stays as it is."))
    else:
        messages.info(request, _("No report was being made any more."))
    return redirect("report", code=programme.code)


@require_safe
def report_progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far the report is; once it is there, the page is loaded anew."""
    programme = programme_for(request, code)
    unfinished = _unfinished(programme)
    if unfinished is None:
        response = HttpResponse(status=200)
        response["HX-Redirect"] = reverse("report", args=[programme.code])
        return response
    return page(request, "evaluation/_progress.html", programme, unfinished=unfinished)


@login_required
def report_settings(request: HttpRequest, code: str) -> HttpResponse:
    """The choices that the sources leave to the evaluators."""
    programme = maker(request, code)
    settings = AnalysisSettings.objects.filter(programme=programme).first()
    form = AnalysisSettingsForm(request.POST or None, instance=settings)
    if request.method == "POST" and form.is_valid():
        rule = form.cleaned_data["learning_with_moderate_decision"]
        set_support_rule(programme, rule=rule, actor=request.user)
        messages.success(request, _("Saved. Make the report again to see it in the numbers."))
        return redirect("report", code=programme.code)
    up = crumbs(request, programme, (_("Report"), reverse("report", args=[programme.code])))
    return page(request, "evaluation/report_settings.html", programme, form=form, crumbs=up)
