"""The pages behind a personal link to an interview: choosing a time, moving it, calling it off.

No account, session or cookie. They are csrf_exempt because the link in the address is the only
authority, as for the survey pages (views/answering.py); opening one changes nothing.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.calendar import REQUEST, Attendee, calendar_text
from core.exceptions import DomainError, InvalidInput
from surveys.booking_queries import candidate_of, free_in, interview_of
from surveys.domain.asking import (
    bring_along,
    choose_tongue,
    choose_zone,
    decline,
    name_colleague,
)
from surveys.domain.booking import Taken, book_interview, cancel_interview, move_interview
from surveys.domain.consent import kept_of_talk, withdraw_consent
from surveys.domain.interview_mails import meeting_of, place_of
from surveys.enums import RoundState, Standing, Way
from surveys.forms.booking import ColleagueForm, DeclineForm
from surveys.limits import check_use, slow_down_guessing
from surveys.models import Candidate, Interview
from surveys.rendering import render_page
from surveys.zones import CHOICES, zone_of
from website.templatetags.benchlearn import in_language

DAYS_SHOWN = 3
PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


class UnknownInterviewLink(DomainError):
    """A link that leads nowhere."""

    status = HTTPStatus.NOT_FOUND


def personal(view: Callable[..., HttpResponse]) -> Any:
    """A view of somebody's link: it finds them, speaks their language on their clock, and says what
    can't be done on a page of their own."""

    @csrf_exempt
    @wraps(view)
    def behind_link(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = _open(request, token, view)
        except DomainError as error:
            response = _problem(error)
        for name, value in PRIVATE.items():
            response[name] = value
        # Django would write the address of a refused request, and so the link, in its log.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return behind_link


def _open(request: HttpRequest, token: str, view: Callable[..., HttpResponse]) -> HttpResponse:
    check_use(token)
    candidate = candidate_of(token)
    if candidate is None:
        unknown = UnknownInterviewLink(translation.gettext("This link is not known."))
        raise slow_down_guessing(unknown)
    translation.activate(candidate.language)
    with timezone.override(zone_of(candidate.time_zone)):
        return view(request, token, candidate)


def _problem(error: DomainError) -> HttpResponse:
    gone = error.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
    context = {"message": error.message, "has_gone": gone}
    return render_page("surveys/answering/problem.html", context, status=error.status)


def _to_start(token: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("booking", args=[token]))


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest, token: str, candidate: Candidate) -> HttpResponse:
    """When do we talk? POST books the time, or moves the interview there."""
    if request.method != "POST":
        return _page(request, token, candidate)
    starts_at = _moment(request.POST.get("starts", ""))
    if starts_at is None:
        return _page(request, token, candidate, status=400, missing=True)
    way = request.POST.get("way", "")
    told: dict[str, Any] = {"starts_at": starts_at, "now": timezone.now(), "way": way}
    try:
        if interview_of(candidate) is None:
            place = request.POST.get("place", "").strip()
            book_interview(candidate, place=place, **told)
        else:
            move_interview(candidate, **told)
    except Taken as error:
        return _page(request, token, candidate, status=error.status, taken=error)
    return _to_start(token)


def _moment(text: str) -> dt.datetime | None:
    """The moment that was posted; None for what isn't one, or doesn't say on which clock."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _page(
    request: HttpRequest,
    token: str,
    candidate: Candidate,
    status: int = 200,
    **further: Any,
) -> HttpResponse:
    """The page as it stands: with a time or without one."""
    interview = interview_of(candidate)
    moving = request.GET.get("move") == "1" or request.method == "POST"
    context = _frame(token, candidate) | further | {"interview": interview, "moving": moving}
    is_open = candidate.round.state == RoundState.OPEN
    if interview is not None:
        context["place"] = place_of(interview)
        context["seats"] = interview.seats.filter(is_taken=True).select_related("candidate")
        context["may_change"] = is_open and interview.starts_at > timezone.now()
        context["colleague"] = further.get("colleague") or ColleagueForm(auto_id="second-%s")
    if candidate.standing != Standing.HELD and is_open and (interview is None or moving):
        context |= _times(request, candidate, interview)
        context["declining"] = further.get("declining") or DeclineForm(auto_id="why-%s")
        context["colleague"] = further.get("colleague") or ColleagueForm(auto_id="colleague-%s")
    context["is_open"] = is_open
    return render_page("surveys/interviews/booking.html", context, status=status)


def _frame(token: str, candidate: Candidate) -> dict[str, Any]:
    programme = candidate.round.cycle.programme
    return {
        "token": token,
        "candidate": candidate,
        "round": candidate.round,
        "programme_name": in_language(programme, "name"),
        "link": {"programme_kind": programme.kind},
        "zones": CHOICES,
        "other_language": "en" if candidate.language == "nl" else "nl",
    }


def _times(
    request: HttpRequest, candidate: Candidate, interview: Interview | None
) -> dict[str, Any]:
    """The free times for the way that was chosen, by day on the respondent's clock."""
    asked = request.POST.get("way") or request.GET.get("way") or ""
    way = asked if asked in Way.values else interview.way if interview else Way.VIDEO.value
    free = free_in(
        candidate.round,
        visit=way == Way.ON_SITE,
        now=timezone.now(),
        without=interview.pk if interview else None,
    )
    days: dict[dt.date, list[dt.datetime]] = {}
    for at in free:
        local = timezone.localtime(dt.datetime.fromtimestamp(at, dt.UTC))
        days.setdefault(local.date(), []).append(local)
    page = request.GET.get("from", "0")
    first = int(page) if page.isdecimal() and len(page) < 6 else 0
    shown = list(days.items())[first : first + DAYS_SHOWN]
    return {
        "way": way,
        "ways": Way.choices,
        "days": shown,
        "later": first + DAYS_SHOWN if len(days) > first + DAYS_SHOWN else None,
        "earlier": max(first - DAYS_SHOWN, 0) if first else None,
    }


@personal
@require_POST
def booking_cancel(request: HttpRequest, token: str, candidate: Candidate) -> HttpResponse:
    """Call it off."""
    cancel_interview(candidate, now=timezone.now())
    return _to_start(token)


@personal
@require_POST
def booking_decline(request: HttpRequest, token: str, candidate: Candidate) -> HttpResponse:
    """Say no."""
    form = DeclineForm(request.POST, auto_id="why-%s")
    if not form.is_valid():
        return _page(request, token, candidate, status=400, declining=form)
    decline(candidate, reason=form.cleaned_data["reason"])
    return _to_start(token)


@personal
@require_POST
def booking_colleague(request: HttpRequest, token: str, candidate: Candidate) -> HttpResponse:
    """A colleague: along with me once I have a time, instead of me before."""
    has_time = interview_of(candidate) is not None
    form = ColleagueForm(request.POST, auto_id="second-%s" if has_time else "colleague-%s")
    if not form.is_valid():
        return _page(request, token, candidate, status=400, colleague=form)
    try:
        if has_time:
            bring_along(candidate, colleague=form.colleague(), now=timezone.now())
        else:
            name_colleague(candidate, colleague=form.colleague())
    except InvalidInput as error:
        form.add_error(None, forms.ValidationError(str(error.message)))
        return _page(request, token, candidate, status=400, colleague=form)
    return _to_start(token)


@personal
@require_POST
def booking_clock(request: HttpRequest, token: str, candidate: Candidate) -> HttpResponse:
    """On this clock, or in this language, from now on."""
    if "language" in request.POST:
        choose_tongue(candidate, language=request.POST["language"])
    else:
        choose_zone(candidate, zone=request.POST.get("zone", ""))
    return _to_start(token)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def booking_consent(request: HttpRequest, token: str, candidate: Candidate) -> HttpResponse:
    """What is kept of our talk, and how do I withdraw my consent? POST withdraws it."""
    interview = interview_of(candidate)
    if interview is None:
        raise UnknownInterviewLink(translation.gettext("There is no talk with you."))
    sure = request.POST.get("sure") == "yes"
    if sure:
        withdraw_consent(interview, now=timezone.now())
        return HttpResponseRedirect(reverse("booking_consent", args=[token]))
    context = _frame(token, candidate) | {
        "interview": interview,
        "kept": kept_of_talk(interview),
        "unsure": request.method == "POST",
    }
    status = 400 if request.method == "POST" else 200
    return render_page("surveys/interviews/consent.html", context, status=status)


@personal
@require_safe
def booking_calendar(request: HttpRequest, token: str, candidate: Candidate) -> HttpResponse:
    """The interview as a file, for who didn't get the mail in their calendar."""
    interview = interview_of(candidate)
    if interview is None:
        raise Http404
    link = request.build_absolute_uri(reverse("booking", args=[token]))
    guest = Attendee(candidate.name, candidate.email)
    text = calendar_text(
        [meeting_of(interview, link=link)], method=REQUEST, stamp=timezone.now(), to=guest
    )
    headers = {"Content-Disposition": 'attachment; filename="interview.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
