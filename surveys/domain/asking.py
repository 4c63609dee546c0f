"""Asking people for an interview, and what they answer besides a time."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from surveys.booking_queries import interview_of
from surveys.domain.interview_mails import ask, tell_booked, tell_reminded
from surveys.domain.invitations import valid_address
from surveys.domain.rounds import add_candidates, lock_round
from surveys.enums import InterviewState, RoundState, Standing, WhyDeclined
from surveys.keys import destroy_share
from surveys.models import Candidate, Interview, InterviewRound, Seat
from surveys.zones import ZONES

REMIND_TASK = "surveys.tasks.remind_of_interviews"
REMIND_BEFORE = dt.timedelta(hours=26)
MOST_SEATS = 2


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody whom a respondent names."""

    name: str
    email: str


def to_ask(round: InterviewRound) -> Any:
    """The chosen people that were not approached yet, and can be by mail."""
    rows = round.candidates.filter(is_chosen=True, standing=Standing.NOT_APPROACHED)
    return rows.exclude(email="").select_related("organisation")


@transaction.atomic
def approach(round: InterviewRound, *, by: Any) -> int:
    """Open the round and ask the chosen people by mail, each once; how many.

    Raises NotNow when it is closed, nobody was chosen, or nobody interviews in it.
    """
    round = lock_round(round)
    if round.state == RoundState.CLOSED:
        raise NotNow(_("This round is closed."))
    if not round.interviewers.filter(diary__weekly__isnull=False).exists():
        raise NotNow(_("No interviewer has given hours yet, so there are no times to choose."))
    people = list(to_ask(round))
    if not people:
        raise NotNow(_("Choose first whom to ask."))
    if round.state == RoundState.DRAFT:
        round.state = RoundState.OPEN
        round.save(update_fields=["state", "modified_at"])
    for one in people:
        ask(one, round)
    numbers = [one.pk for one in people]
    round.candidates.filter(pk__in=numbers).update(standing=Standing.APPROACHED, reason="")
    log_activity(round, "asked", actor=by, people=len(people))
    return len(people)


@transaction.atomic
def close_round(round: InterviewRound, *, by: Any) -> InterviewRound:
    """Close a round: links stop working and can't be made again. Raises NotNow when it isn't open,
    or interviews are still to be held."""
    round = lock_round(round)
    if round.state != RoundState.OPEN:
        raise NotNow(_("Only an open round can be closed."))
    if Interview.objects.filter(round=round, state=InterviewState.BOOKED).exists():
        raise NotNow(_("There are interviews still to be held; hold them or call them off first."))
    share, round.link_key, round.key_share = round.key_share, "", ""
    round.state = RoundState.CLOSED
    round.save(update_fields=["state", "link_key", "key_share", "modified_at"])
    transaction.on_commit(lambda: destroy_share(share))
    log_activity(round, "closed", actor=by)
    return round


def _still_open(candidate: Candidate) -> tuple[Candidate, InterviewRound]:
    round = lock_round(candidate.round)
    if round.state != RoundState.OPEN:
        raise NotNow(_("This round of interviews is closed."))
    rows = Candidate.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("organisation").get(pk=candidate.pk)
    held.round = round
    return held, round


@transaction.atomic
def decline(candidate: Candidate, *, reason: str) -> Candidate:
    """Say no, with a reason. Raises NotNow with a time booked, InvalidInput without a reason."""
    candidate, round = _still_open(candidate)
    if reason not in WhyDeclined.values:
        raise InvalidInput(_("Say why: choose one of the reasons that belong to it."))
    if interview_of(candidate) is not None or candidate.standing == Standing.HELD:
        raise NotNow(_("You have a time already; call that one off first."))
    candidate.standing, candidate.reason = Standing.DECLINED, reason
    candidate.save(update_fields=["standing", "reason", "modified_at"])
    log_activity(round, "declined", reason=reason)
    return candidate


@transaction.atomic
def name_colleague(candidate: Candidate, *, colleague: Colleague) -> Candidate:
    """A colleague of the same organisation instead: they are asked, and this person said no.

    Raises InvalidInput for an address that can't be one or is in the round already.
    """
    decline(candidate, reason=WhyDeclined.COLLEAGUE)
    candidate, round = _still_open(candidate)
    new = _add(candidate, round, colleague)
    ask(new, round)
    return new


@transaction.atomic
def bring_along(candidate: Candidate, *, colleague: Colleague, now: dt.datetime) -> Seat:
    """A second person in the interview that this person booked; they get the same meeting.

    Raises NotNow without a time, or when two sit in it already; InvalidInput as name_colleague.
    """
    candidate, round = _still_open(candidate)
    interview = interview_of(candidate)
    if interview is None or interview.starts_at <= now:
        raise NotNow(_("You have no time yet; choose one."))
    if interview.seats.filter(is_taken=True).count() >= MOST_SEATS:
        raise NotNow(_("There are two of you in this interview already."))
    new = _add(candidate, round, colleague, standing=Standing.AGREED)
    seat = Seat.objects.create(interview=interview, candidate=new, booked_it=False)
    Interview.objects.filter(pk=interview.pk).update(sequence=interview.sequence + 1)
    interview.refresh_from_db()
    tell_booked(interview, now=now)
    log_activity(interview, "second person")
    return seat


def _add(
    candidate: Candidate,
    round: InterviewRound,
    colleague: Colleague,
    standing: str = Standing.APPROACHED,
) -> Candidate:
    name, email = " ".join(colleague.name.split())[:120], valid_address(colleague.email)
    if not name:
        raise InvalidInput(_("Give a name with each e-mail address."))
    if round.candidates.filter(email=email).exists():
        raise InvalidInput(_("This person was asked already."))
    new = Candidate(
        organisation=candidate.organisation,
        name=name,
        email=email,
        language=candidate.language,
        time_zone=candidate.time_zone,
        is_chosen=True,
        standing=standing,
        instead_of=candidate if standing == Standing.APPROACHED else None,
    )
    return add_candidates(round, [new])[0]


def choose_zone(candidate: Candidate, *, zone: str) -> None:
    """From now on times are told on this clock. Raises InvalidInput for one that is not offered."""
    if zone not in ZONES:
        raise InvalidInput(_("This isn't one of the choices."))
    Candidate.objects.filter(pk=candidate.pk).update(time_zone=zone)


def choose_tongue(candidate: Candidate, *, language: str) -> None:
    """From now on in this language. Raises InvalidInput for one that there isn't."""
    if language not in dict(settings.LANGUAGES):
        raise InvalidInput(_("This isn't one of the choices."))
    Candidate.objects.filter(pk=candidate.pk).update(language=language)


def near_interviews(now: dt.datetime) -> Any:
    """Booked interviews that are near, of which nobody was reminded yet."""
    rows = Interview.objects.filter(state=InterviewState.BOOKED, reminded_at=None)
    return rows.filter(starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE)


def remind(now: dt.datetime) -> int:
    """Remind people of the interviews that are near, each once; of how many interviews.

    The note that they were reminded and the mails stand in one transaction.
    """
    done = 0
    for number in list(near_interviews(now).values_list("pk", flat=True)):
        with transaction.atomic():
            if near_interviews(now).filter(pk=number).update(reminded_at=now):
                rows = Interview.objects.select_related("round__cycle__programme", "interviewer")
                tell_reminded(rows.get(pk=number), now=now)
                done += 1
    return done
