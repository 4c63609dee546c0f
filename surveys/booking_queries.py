"""Reads of diaries, free times and interviews."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from surveys.domain.links import digest_of
from surveys.enums import InterviewState, RoundState
from surveys.interviewing.free_times import Hours, Planner, Span, free_times
from surveys.models import Candidate, Diary, Interview, InterviewRound, OtherDay, WeeklyHours


def candidate_of(token: str) -> Candidate | None:
    """Whose link this is."""
    rows = Candidate.objects.select_related(
        "round__cycle__programme", "round__guide", "organisation"
    )
    found = rows.filter(token_digest=digest_of(token)).first()
    return None if found is None or found.round.state == RoundState.DRAFT else found


def interview_of(candidate: Candidate) -> Interview | None:
    """The interview that somebody has a seat in."""
    rows = Interview.objects.filter(seats__candidate=candidate, seats__is_taken=True)
    return rows.select_related("interviewer__diary", "round__cycle__programme").first()


def planners_of(
    users: Iterable[int], *, first: dt.date, last: dt.date, without: int | None = None
) -> list[Planner]:
    """The plans of these interviewers for some days, in four queries however many they are.

    `without` leaves out one interview, for whoever moves it.
    """
    diaries = list(Diary.objects.filter(user__in=users).order_by("user"))
    weekly: dict[int, dict[int, list[Hours]]] = defaultdict(lambda: defaultdict(list))
    rows = WeeklyHours.objects.filter(diary__in=diaries).order_by("starts")
    for diary, day, starts, ends in rows.values_list("diary", "weekday", "starts", "ends"):
        weekly[diary][day].append((starts, ends))
    others: dict[int, dict[dt.date, list[Hours]]] = defaultdict(lambda: defaultdict(list))
    days = OtherDay.objects.filter(diary__in=diaries, day__range=(first, last))
    for diary, at, begins, until in days.order_by("starts").values_list(
        "diary", "day", "starts", "ends"
    ):
        others[diary][at] += [(begins, until)] if begins and until else []
    busy, booked = _taken(diaries, first, last, without)
    return [
        Planner(
            number=diary.user_id,
            zone=ZoneInfo(diary.time_zone),
            weekly=weekly[diary.pk],
            other_days=others[diary.pk],
            before=diary.before * 60,
            after=diary.after * 60,
            travel=diary.travel * 60,
            most_a_day=diary.most_a_day,
            lead=diary.lead_hours * 3600,
            busy=busy[diary.user_id],
            booked=booked[diary.user_id],
        )
        for diary in diaries
    ]


def _taken(
    diaries: list[Diary], first: dt.date, last: dt.date, without: int | None
) -> tuple[dict[int, list[Span]], dict[int, list[int]]]:
    """What is booked around these days: a day more on either side, for the zones differ."""
    day = dt.timedelta(days=2)
    rows = Interview.objects.standing().filter(
        interviewer__in=[diary.user_id for diary in diaries],
        busy_until__gt=dt.datetime.combine(first - day, dt.time(), dt.UTC),
        busy_from__lt=dt.datetime.combine(last + day, dt.time(), dt.UTC),
    )
    busy: dict[int, list[Span]] = defaultdict(list)
    booked: dict[int, list[int]] = defaultdict(list)
    for who, begins, until, starts in (
        rows.exclude(pk=without)
        .order_by("busy_from")
        .values_list("interviewer", "busy_from", "busy_until", "starts_at")
    ):
        busy[who].append((int(begins.timestamp()), int(until.timestamp())))
        booked[who].append(int(starts.timestamp()))
    return busy, booked


def free_in(
    round: InterviewRound,
    *,
    visit: bool,
    now: dt.datetime,
    without: int | None = None,
    only: Iterable[int] | None = None,
    near: dt.datetime | None = None,
) -> dict[int, list[int]]:
    """The free times of a round from now on: moment to the interviewers who are free then.

    `near` asks for the days around a moment alone, `only` for these interviewers.
    """
    first, last = max(round.starts_on, now.date()), round.ends_on
    if near is not None:
        day = dt.timedelta(days=1)
        first, last = max(first, near.date() - day), min(last, near.date() + day)
    if first > last:
        return {}
    users = list(round.interviewers.values_list("pk", flat=True)) if only is None else only
    planners = planners_of(users, first=first, last=last, without=without)
    return free_times(
        planners,
        first=first,
        last=last,
        length=round.minutes * 60,
        visit=visit,
        now=int(now.timestamp()),
    )


def load_of(round: InterviewRound) -> dict[int, int]:
    """How many interviews of the round each interviewer has."""
    standing = ~Q(interviews__state=InterviewState.CANCELLED)
    here = Q(interviews__round=round)
    rows = round.interviewers.annotate(n=Count("interviews", filter=here & standing))
    return dict(rows.values_list("pk", "n"))


def interviews_in(round: InterviewRound, user: Any) -> Any:
    """The interviews of a round that this person may see, with who sits in them."""
    rows = Interview.objects.visible_to(user).filter(round=round)
    return with_seats(rows)


def with_seats(rows: QuerySet) -> QuerySet:
    """Interviews with all that a list of them shows, in two queries."""
    return rows.select_related("interviewer", "round__cycle__programme").prefetch_related(
        "seats__candidate__organisation"
    )


def interviews_of(user: Any, *, since: dt.datetime) -> QuerySet:
    """One's own interviews from a moment on."""
    rows = Interview.objects.held_by(user).standing().filter(ends_at__gte=since)
    return with_seats(rows)
