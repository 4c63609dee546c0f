"""Holding an interview, the files that come of it, and its report."""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.audit import Deed, record
from core.exceptions import DomainError, InvalidInput, NotNow
from people.confirming import confirmed_fetch
from surveys.device import seal_of_notes
from surveys.domain.booking import cancel_interview
from surveys.domain.consent import is_withdrawn_after, withdraw_consent
from surveys.domain.interview_reports import (
    left_in,
    let_pass,
    pseudonyms_of,
    release_report,
    report_of,
    undo_name,
)
from surveys.domain.locked_files import read_file, remove_file
from surveys.domain.talks import begin_talk, end_talk, keep_note
from surveys.enums import InterviewState
from surveys.forms.talks import FileForm, NameForm, ReportForm
from surveys.models import Interview, InterviewReport, LockedFile, Topic
from surveys.round_queries import facts_of
from surveys.views.common import saved


def _interview(request: HttpRequest, pk: int) -> Interview:
    """An interview that this person holds or coordinates, or 404."""
    rows = Interview.objects.visible_to(request.user).select_related(
        "round__cycle__programme", "round__guide", "interviewer", "report"
    )
    return get_object_or_404(rows, pk=pk)


def _frame(interview: Interview, **further: Any) -> dict[str, Any]:
    """The context of every page of an interview."""
    seats = interview.seats.filter(is_taken=True).select_related("candidate__organisation")
    people = [seat.candidate for seat in seats]
    return {
        "interview": interview,
        "round": interview.round,
        "programme": interview.round.cycle.programme,
        "people": people,
        "organisation": people[0].organisation if people else None,
        "crumbs": [
            (_("My interviews"), reverse("my_interviews")),
            (_("The talk"), reverse("talk", args=[interview.pk])),
        ],
        **further,
    }


@login_required
@require_safe
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Have I asked everything?"""
    interview = _interview(request, pk)
    record(Deed.TALK_SEEN, interview, by=request.user, scope=interview.round.cycle.programme)
    notes = {note.topic_id: note for note in interview.notes.all()}
    topics = [(topic, notes.get(topic.pk)) for topic in interview.round.guide.topics.all()]
    context = _frame(interview, topics=topics)
    people = context["people"]
    context |= {
        "crumbs": context["crumbs"][:1],
        "facts": facts_of(people[0], interview.round.guide.beforehand) if people else [],
        "covered": sum(1 for _topic, note in topics if note and note.is_covered),
        "may_write": _may_write(interview),
        "seal": seal_of_notes(interview.pk, request.user),
    }
    return render(request, "surveys/interviews/talk.html", context)


def _may_write(interview: Interview) -> bool:
    released = getattr(getattr(interview, "report", None), "released_at", None)
    if is_withdrawn_after(interview):
        return False
    return interview.state != InterviewState.CANCELLED and not released


@login_required
@require_POST
def talk_note(request: HttpRequest, pk: int, topic: int) -> HttpResponse:
    """Keep what was typed under a topic: as JSON to the script, else back to the page."""
    interview = _interview(request, pk)
    found = get_object_or_404(Topic, guide=interview.round.guide_id, pk=topic)
    version = request.POST.get("version", "")
    quiet = request.headers.get("Accept") == "application/json"
    try:
        note = keep_note(
            interview,
            found,
            text=request.POST.get("text", ""),
            is_covered=request.POST.get("covered") == "on",
            now=timezone.now(),
            version=int(version) if version.isdecimal() and len(version) < 9 else None,
        )
    except DomainError as error:
        if not quiet:
            raise
        return JsonResponse({"message": str(error.message)}, status=error.status)
    if quiet:
        return JsonResponse({"version": note.version})
    return redirect(f"{reverse('talk', args=[pk])}#t{topic}")


@login_required
@require_POST
def talk_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """The talk begins."""
    begin_talk(_interview(request, pk), now=timezone.now())
    return redirect("talk", pk=pk)


@login_required
@require_POST
def talk_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The talk was held."""
    end_talk(_interview(request, pk), now=timezone.now(), by=request.user)
    messages.success(request, _("The talk was held. Next is the report."))
    return redirect("interview_report", pk=pk)


@login_required
@require_POST
def talk_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It is off, or nobody came: everybody hears, and another time can be chosen."""
    interview = _interview(request, pk)
    seat = interview.seats.filter(is_taken=True).select_related("candidate").first()
    if seat is None:
        raise NotNow(_("This interview was called off."))
    cancel_interview(seat.candidate, now=timezone.now(), by=request.user)
    messages.success(request, _("The interview is off; those in it can choose another time."))
    return redirect("my_interviews")


@login_required
@require_POST
def talk_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody in the talk withdraws consent, and says so to who interviewed them."""
    interview = _interview(request, pk)
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Tick that you are sure."))
    elif withdraw_consent(interview, now=timezone.now(), by=request.user):
        messages.success(request, _("Recording, transcript and notes are gone."))
    return redirect("talk_files", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def talk_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Which recordings and transcripts are there, and until when?"""
    interview = _interview(request, pk)
    posted = request.method == "POST"
    today = timezone.localdate()
    form = FileForm(
        request.POST if posted else None, request.FILES if posted else None, today=today
    )
    if posted:
        try:
            made = saved(form, lambda: form.save(interview, by=request.user))
        except InvalidInput as error:
            form.add_error("file", str(error.message))
            made = None
        if made is not None:
            messages.success(request, _("The file is locked away."))
            return redirect("talk_files", pk=pk)
    context = _frame(interview, form=form, files=interview.files.all())
    status = 400 if posted else 200
    return render(request, "surveys/interviews/files.html", context, status=status)


def _file(request: HttpRequest, pk: int, file: int) -> LockedFile:
    rows = LockedFile.objects.visible_to(request.user).select_related("interview__round")
    return get_object_or_404(rows, interview=pk, pk=file)


@login_required
@require_safe
@confirmed_fetch
def talk_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file, unlocked for who may; never shown in the browser itself."""
    found = _file(request, pk, file)
    raw = read_file(found, today=timezone.localdate(), by=request.user)
    response = HttpResponse(raw, content_type="application/octet-stream")
    response["Content-Disposition"] = _attachment(found.name)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"


@login_required
@require_POST
def talk_file_remove(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file away now."""
    remove_file(_file(request, pk, file), now=timezone.now(), by=request.user)
    messages.success(request, _("The file is gone."))
    return redirect("talk_files", pk=pk)


def _report(request: HttpRequest, pk: int) -> InterviewReport:
    return report_of(_interview(request, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview_report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, so that nobody can be told from it?"""
    report = _report(request, pk)
    if request.method == "POST":
        form = ReportForm(request.POST)
        if saved(form, lambda: form.save(report, by=request.user)):
            messages.success(request, _("The report is kept."))
            return redirect("interview_report", pk=pk)
        return _report_page(request, report, form=form, status=400)
    return _report_page(request, report)


def _report_page(
    request: HttpRequest, report: InterviewReport, status: int = 200, **forms: Any
) -> HttpResponse:
    programme = report.interview.round.cycle.programme
    record(Deed.NAMES_SEEN, report.interview, by=request.user, scope=programme)
    left: dict[str, Any] = {}
    for each in left_in(report):
        left.setdefault(each.text, each)
    context = _frame(
        report.interview,
        report=report,
        form=forms.get("form") or ReportForm(initial={"body": report.body}),
        name_form=forms.get("name_form") or NameForm(auto_id="name-%s"),
        left=list(left.values()),
        names=sorted(pseudonyms_of(report).items()),
        prefilled=request.GET.get("name", ""),
    )
    if context["prefilled"] and "name_form" not in forms:
        initial = {"name": context["prefilled"][:120]}
        context["name_form"] = NameForm(initial=initial, auto_id="name-%s")
    return render(request, "surveys/interviews/report.html", context, status=status)


@login_required
@require_POST
def interview_report_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace a name (`name`), put one back (`undo`), or let a word pass (`pass`)."""
    report = _report(request, pk)
    if "undo" in request.POST:
        undo_name(report, pseudonym=request.POST["undo"], by=request.user)
    elif "pass" in request.POST:
        let_pass(report, words=request.POST.getlist("pass"), by=request.user)
    else:
        form = NameForm(request.POST, auto_id="name-%s")
        if saved(form, lambda: form.save(report, by=request.user)) is None:
            return _report_page(request, report, status=HTTPStatus.BAD_REQUEST, name_form=form)
    return redirect(f"{reverse('interview_report', args=[pk])}#names")


@login_required
@require_POST
def interview_report_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Release the report: it changes no more, and goes to who codes it."""
    release_report(_report(request, pk), by=request.user)
    messages.success(request, _("The report is released, and its coders are asked."))
    return redirect("interview_report", pk=pk)
