"""Decisions about a round of interviews: preparing it, and everybody who could be talked to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from people.enums import Role
from people.models import Membership, User
from surveys.domain.links import digest_of, make_token
from surveys.enums import RoundState, Standing, WhyNotApproached, WhyOutOfReach
from surveys.keys import make_share, whole_key
from surveys.models import Candidate, InterviewRound, TopicGuide
from surveys.models.waves import new_nonce

INTERVIEWER_ROLES = (Role.COORDINATOR, Role.FACILITATOR)


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a round is: everything a coordinator decides about it."""

    guide: TopicGuide
    name: str
    purpose: str
    starts_on: date
    ends_on: date
    interviewers: tuple[User, ...] = ()
    minutes: int = 60
    told: str = ""
    is_recorded: bool = False
    shows_report: bool = False
    independent_coding: bool = True


PLANNED = (
    "guide",
    "purpose",
    "starts_on",
    "ends_on",
    "minutes",
    "told",
    "is_recorded",
    "shows_report",
    "independent_coding",
)


@transaction.atomic
def prepare_round(cycle: Cycle, *, plan: RoundPlan, by: Any) -> InterviewRound:
    """Make a round with all contact people of the cycle in it; nobody is asked anything yet.

    Raises InvalidInput for a plan that can't be carried out.
    """
    round = InterviewRound(cycle=cycle, key_share=make_share())
    _put(round, plan)
    take_contacts(round)
    log_activity(round, "prepared", actor=by)
    return round


@transaction.atomic
def change_round(round: InterviewRound, *, plan: RoundPlan, by: Any) -> InterviewRound:
    """Change a round. Once people were asked, what they were told stays: guide, length, recording
    and who sees the report. Raises NotNow for that, and when it is closed."""
    round = lock_round(round)
    if round.state == RoundState.CLOSED:
        raise NotNow(_("This round is closed."))
    promised = ("guide", "minutes", "is_recorded", "shows_report")
    if round.state == RoundState.OPEN and any(
        getattr(round, name) != getattr(plan, name) for name in promised
    ):
        raise NotNow(_("People were told of length, recording and report already; those stay."))
    _put(round, plan)
    log_activity(round, "changed", actor=by)
    return round


def _put(round: InterviewRound, plan: RoundPlan) -> None:
    name = " ".join(plan.name.split())
    _check(round, plan, name)
    round.name = name
    for each in PLANNED:
        setattr(round, each, getattr(plan, each))
    round.save()
    round.interviewers.set(plan.interviewers)


def _check(round: InterviewRound, plan: RoundPlan, name: str) -> None:
    cycle = round.cycle
    if not name or not plan.purpose.strip():
        raise InvalidInput(_("Give the round a name and a purpose."))
    if cycle.interview_rounds.filter(name=name).exclude(pk=round.pk).exists():
        raise InvalidInput(_("This cycle has a round of interviews of that name already."))
    if plan.ends_on < plan.starts_on:
        raise InvalidInput(_("The last day comes before the first."))
    if not 10 <= plan.minutes <= 240:
        raise InvalidInput(_("An interview takes 10 to 240 minutes."))
    if plan.guide.programme_id != cycle.programme_id:
        raise InvalidInput(_("This guide is of another programme."))
    able = cycle.programme.appointments.filter(role__in=INTERVIEWER_ROLES)
    if not {one.pk for one in plan.interviewers} <= set(able.values_list("user", flat=True)):
        raise InvalidInput(_("Only who leads or runs the programme interviews in it."))


def take_contacts(round: InterviewRound) -> int:
    """Add the contact people of the cycle that aren't in the round yet; how many."""
    known = round.candidates.exclude(membership=None).values("membership")
    found = (
        Membership.objects.filter(contact_for__cycle=round.cycle_id)
        .exclude(pk__in=known)
        .select_related("user", "organisation")
        .distinct()
    )
    taken = set(round.candidates.values_list("email", flat=True))
    new = []
    for member in found.order_by("pk"):
        one = _candidate(member)
        if one.email in taken:
            one.email = ""
        taken |= {one.email} - {""}
        new.append(one)
    return len(add_candidates(round, new))


def _candidate(member: Membership) -> Candidate:
    user = member.user
    one = Candidate(
        membership=member,
        organisation=member.organisation,
        name=user.name,
        email=user.email.lower() if user.is_active else "",
        phone=user.phone,
        function=member.function,
        language=user.language,
    )
    one.standing, one.reason = Standing.NOT_APPROACHED, WhyNotApproached.NOT_CHOSEN
    if member.left_on is not None:
        one.standing, one.reason = Standing.OUT_OF_REACH, WhyOutOfReach.LEFT
    elif not (one.email or one.phone):
        one.standing, one.reason = Standing.OUT_OF_REACH, WhyOutOfReach.NO_ADDRESS
    return one


def add_candidates(round: InterviewRound, rows: Iterable[Candidate]) -> list[Candidate]:
    """Store these people under the round, each with a link of their own."""
    new, key = list(rows), key_of_round(round)
    for one in new:
        one.round, one.nonce = round, new_nonce()
        one.token_digest = digest_of(make_token(key, one.nonce))
    return Candidate.objects.bulk_create(new)


def key_of_round(round: InterviewRound) -> bytes:
    """What the personal links of a round are made with; NotNow once it is closed."""
    if not round.link_key:
        raise NotNow(_("This round is closed; its links can't be made again."))
    return whole_key(round.link_key, round.key_share)


def lock_round(round: InterviewRound) -> InterviewRound:
    """The round as it stands, with its row held: decisions about it come one after the other."""
    rows = InterviewRound.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("cycle__programme", "guide").get(pk=round.pk)
