"""An interviewer's own pages: what is coming, one's hours, and the private calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchmarks.models import Programme
from surveys.booking_queries import interviews_in, interviews_of
from surveys.domain.diaries import (
    calendar_of,
    diary_behind,
    diary_of,
    feed_of,
    feed_token,
    renew_feed,
)
from surveys.domain.rounds import INTERVIEWER_ROLES
from surveys.enums import InterviewState
from surveys.forms.booking import DiaryForm, hours_forms
from surveys.models import InterviewRound
from surveys.views.common import saved
from surveys.views.rounds import round_frame, round_run_by, round_seen_by

CALENDAR = "text/calendar; charset=utf-8"


def _check_interviews(request: HttpRequest) -> None:
    """Only who leads or runs a programme interviews."""
    if not Programme.objects.with_role(request.user, *INTERVIEWER_ROLES).exists():
        raise Http404


@login_required
@require_safe
def my_interviews(request: HttpRequest) -> HttpResponse:
    """Whom do I talk to, and when?"""
    _check_interviews(request)
    diary = diary_of(request.user)
    context = {
        "interviews": interviews_of(request.user, since=timezone.now()),
        "has_hours": diary.weekly.exists() or diary.other_days.exists(),
        "feed": request.build_absolute_uri(reverse("interview_feed", args=[feed_token(diary)])),
        "crumbs": [],
    }
    return render(request, "surveys/interviews/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_hours(request: HttpRequest) -> HttpResponse:
    """When can people choose a time with me?"""
    _check_interviews(request)
    diary = diary_of(request.user)
    posted = request.POST if request.method == "POST" else None
    form, (weekly, days) = DiaryForm(diary, posted), hours_forms(diary, posted)
    whole = posted is not None and weekly.is_valid() and days.is_valid()
    if whole and saved(form, lambda: form.save(weekly, days)):
        messages.success(request, _("Your hours are kept. What was booked stays booked."))
        return redirect("my_interviews")
    context = {
        "form": form,
        "weekly": weekly,
        "days": days,
        "crumbs": [(_("My interviews"), reverse("my_interviews"))],
    }
    status = 200 if posted is None else 400
    return render(request, "surveys/interviews/hours.html", context, status=status)


@login_required
@require_POST
def interview_feed_renew(request: HttpRequest) -> HttpResponse:
    """Another address for my calendar."""
    _check_interviews(request)
    renew_feed(diary_of(request.user))
    messages.success(request, _("Your calendar has another address; the earlier one is closed."))
    return redirect("my_interviews")


@require_safe
def interview_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's interviews, for their calendar program: the address is the key."""
    diary = diary_behind(token)
    if diary is None:
        raise Http404
    with translation.override(diary.user.language):
        text = feed_of(diary, now=timezone.now())
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return HttpResponse(text, content_type=CALENDAR, headers=headers)


@login_required
@require_safe
def interview_calendar(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Who talks to whom, and when? All of a round to who runs it; one's own to who interviews."""
    round = round_seen_by(request, code, pk)
    rows = list(interviews_in(round, request.user))
    context = round_frame(
        round,
        coming=[row for row in rows if row.state == InterviewState.BOOKED],
        past=[row for row in rows if row.state != InterviewState.BOOKED],
    )
    return render(request, "surveys/interviews/calendar.html", context)


@login_required
@require_safe
def interview_calendar_file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The interviews of a round as a calendar, for who runs it."""
    round: InterviewRound = round_run_by(request, code, pk)
    rows = interviews_in(round, request.user).standing()
    headers = {"Content-Disposition": f'attachment; filename="{code}-interviews-{pk}.ics"'}
    text = calendar_of(rows, now=timezone.now())
    return HttpResponse(text, content_type=CALENDAR, headers=headers)
