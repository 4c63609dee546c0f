"""Booking an interview, moving it, calling it off.

That nobody is booked twice is the database's doing (no_overlap.py). Here a time is taken, and when
the database refuses because somebody else took it first, the next free times are told.
"""

import datetime as dt
from collections.abc import Callable
from copy import copy
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from surveys.booking_queries import free_in, interview_of, load_of
from surveys.domain.interview_mails import tell_booked, tell_cancelled
from surveys.enums import InterviewState, RoundState, Standing, Way
from surveys.models import Candidate, Diary, Interview, InterviewRound, Seat

AS_MANY_TIMES = 12


class Taken(NotNow):
    """Somebody else was first; `times` are the next ones that are free, as moments."""

    def __init__(self, times: list[dt.datetime]) -> None:
        super().__init__(_("This time was just taken. Choose another one."))
        self.times = times


class _Refused(Exception):
    """This interviewer isn't free then, after all."""


def book_interview(
    candidate: Candidate, *, starts_at: dt.datetime, way: str, now: dt.datetime, place: str = ""
) -> Interview:
    """Book a time for somebody, with the interviewer who has the fewest interviews of the round.

    Raises Taken with the next free times when nobody is free then, NotNow when the round isn't
    open or this person has a time already, InvalidInput for a way that isn't there.
    """
    if way not in Way.values:
        raise InvalidInput(_("This isn't one of the choices."))
    try:
        with transaction.atomic():
            candidate = _hold(candidate)
            _check_may_book(candidate)
            interview = _take(candidate.round, starts_at, way, now, place)
            Seat.objects.create(interview=interview, candidate=candidate)
            _agreed(candidate)
            tell_booked(interview, now=now)
            log_activity(interview, "booked")
    except _Refused as error:
        raise Taken(next_times(candidate.round, way=way, now=now, near=starts_at)) from error
    return interview


def _hold(candidate: Candidate) -> Candidate:
    """The person's row, held: two taps at once come one after the other."""
    rows = Candidate.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("round__cycle__programme", "organisation").get(pk=candidate.pk)


def _check_may_book(candidate: Candidate) -> None:
    if candidate.round.state != RoundState.OPEN:
        raise NotNow(_("This round of interviews is closed."))
    if candidate.standing == Standing.HELD:
        raise NotNow(_("The interview with you was held already."))
    if interview_of(candidate) is not None:
        raise NotNow(_("You have a time already; move that one."))


def _agreed(candidate: Candidate) -> None:
    candidate.standing, candidate.reason, candidate.is_chosen = Standing.AGREED, "", True
    candidate.save(update_fields=["standing", "reason", "is_chosen", "modified_at"])


def _take(
    round: InterviewRound, starts_at: dt.datetime, way: str, now: dt.datetime, place: str
) -> Interview:
    """Write the interview with the first of the interviewers who are free then that the database
    accepts; raises _Refused when it accepts none."""
    for number in _free_then(round, starts_at, way, now):

        def write(number: int = number) -> Interview:
            check_free(round, number, starts_at, way, now)
            return Interview.objects.create(
                round=round,
                interviewer_id=number,
                way=way,
                place=place[:200],
                **span_of(round, number, starts_at, way),
            )

        made = _accepted(write)
        if made is not None:
            return made
    raise _Refused


def _accepted(write: Callable[[], Interview]) -> Interview | None:
    """What was written, or None when somebody else was first: then nothing of it is left, and the
    diary that it held is let go."""
    try:
        with transaction.atomic():
            return write()
    except (IntegrityError, _Refused):
        return None


def _free_then(
    round: InterviewRound,
    starts_at: dt.datetime,
    way: str,
    now: dt.datetime,
    without: Interview | None = None,
) -> list[int]:
    """Who is free then: the one it was with first, then who has the fewest interviews."""
    free = free_in(
        round,
        visit=way == Way.ON_SITE,
        now=now,
        near=starts_at,
        without=without.pk if without else None,
    )
    load = load_of(round)
    own = without.interviewer_id if without else None
    return sorted(
        free.get(int(starts_at.timestamp()), []),
        key=lambda number: (number != own, load.get(number, 0), number),
    )


def check_free(
    round: InterviewRound,
    number: int,
    starts_at: dt.datetime,
    way: str,
    now: dt.datetime,
    without: Interview | None = None,
) -> None:
    """Hold the interviewer's diary and look again: no constraint counts the interviews of a day.

    Raises _Refused when it is full, or isn't free any more.
    """
    Diary.objects.select_for_update().get(user=number)
    still = free_in(
        round,
        visit=way == Way.ON_SITE,
        now=now,
        without=without.pk if without else None,
        only=[number],
        near=starts_at,
    )
    if int(starts_at.timestamp()) not in still:
        raise _Refused


def span_of(
    round: InterviewRound, number: int, starts_at: dt.datetime, way: str
) -> dict[str, dt.datetime]:
    """The times of an interview with somebody: the talk, and with what lies around it."""
    diary = Diary.objects.get(user=number)
    travel = diary.travel if way == Way.ON_SITE else 0
    ends_at = starts_at + dt.timedelta(minutes=round.minutes)
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "busy_from": starts_at - dt.timedelta(minutes=diary.before + travel),
        "busy_until": ends_at + dt.timedelta(minutes=diary.after + travel),
    }


def next_times(
    round: InterviewRound, *, way: str, now: dt.datetime, near: dt.datetime
) -> list[dt.datetime]:
    """The next free times, from a moment on; earlier ones when there are none after it."""
    free = [
        dt.datetime.fromtimestamp(at, dt.UTC)
        for at in free_in(round, visit=way == Way.ON_SITE, now=now)
    ]
    after = [at for at in free if at >= near]
    return (after or free)[:AS_MANY_TIMES]


def move_interview(
    candidate: Candidate, *, starts_at: dt.datetime, now: dt.datetime, way: str = ""
) -> Interview:
    """Move somebody's interview, with the same interviewer if they are free then.

    Calendars keep it as the same meeting. To where it stands already nothing is moved and nobody is
    mailed: who heard no answer asks again. Raises Taken, NotNow when there is nothing to move or it
    has begun, InvalidInput for a way that isn't there.
    """
    if way and way not in Way.values:
        raise InvalidInput(_("This isn't one of the choices."))
    try:
        with transaction.atomic():
            candidate, interview = _held(candidate, now)
            before, way = copy(interview), way or interview.way
            if (interview.starts_at, interview.way) == (starts_at, way):
                return interview
            _put(interview, starts_at, way, now)
            if interview.interviewer_id != before.interviewer_id:
                before.sequence = interview.sequence
                tell_cancelled(before, now=now, only=before.interviewer)
            tell_booked(interview, now=now)
            log_activity(interview, "moved")
    except _Refused as error:
        raise Taken(next_times(candidate.round, way=way, now=now, near=starts_at)) from error
    return interview


def _put(interview: Interview, starts_at: dt.datetime, way: str, now: dt.datetime) -> None:
    round = interview.round
    for number in _free_then(round, starts_at, way, now, without=interview):

        def write(number: int = number) -> Interview:
            check_free(round, number, starts_at, way, now, without=interview)
            changes = {"interviewer_id": number, "way": way, "reminded_at": None}
            changes |= span_of(round, number, starts_at, way)
            rows = Interview.objects.filter(pk=interview.pk)
            rows.update(sequence=interview.sequence + 1, **changes)
            return interview

        if _accepted(write) is not None:
            interview.refresh_from_db()
            return
    raise _Refused


def _held(
    candidate: Candidate, now: dt.datetime, *, late: bool = False
) -> tuple[Candidate, Interview]:
    """The person and their interview, both held, as long as something can be done about it; `late`
    also once it should have begun."""
    candidate = _hold(candidate)
    if candidate.round.state != RoundState.OPEN:
        raise NotNow(_("This round of interviews is closed."))
    found = interview_of(candidate)
    if found is None:
        raise NotNow(_("You have no time yet; choose one."))
    rows = Interview.objects.select_for_update(of=("self",)).select_related(
        "round__cycle__programme", "interviewer__diary"
    )
    interview = rows.get(pk=found.pk)
    if interview.state != InterviewState.BOOKED or (interview.starts_at <= now and not late):
        raise NotNow(_("This interview has begun already; it can't be changed any more."))
    return candidate, interview


@transaction.atomic
def cancel_interview(candidate: Candidate, *, now: dt.datetime, by: Any = None) -> Interview:
    """Call somebody's interview off, for everybody in it; they can choose another time.

    `by` is who holds or coordinates it, who may say so also when nobody came. Raises NotNow when
    there is nothing to call off, or it has begun.
    """
    _candidate, interview = _held(candidate, now, late=by is not None)
    interview.state = InterviewState.CANCELLED
    interview.sequence += 1
    interview.save(update_fields=["state", "sequence", "modified_at"])
    tell_cancelled(interview, now=now)
    people = list(interview.seats.filter(is_taken=True).values_list("candidate", flat=True))
    interview.seats.update(is_taken=False)
    Candidate.objects.filter(pk__in=people).update(standing=Standing.APPROACHED, reason="")
    log_activity(interview, "cancelled", actor=by)
    return interview
