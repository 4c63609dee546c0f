"""Whom to ask: chosen by hand or drawn within strata, and what became of each."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from surveys.domain.rounds import lock_round
from surveys.enums import REASONS, RoundState, Standing, WhyNotApproached
from surveys.interviewing.drawing import draw_from
from surveys.models import Candidate, Draw, InterviewRound

LARGEST_SEED = 2**31 - 1


def _still_going(round: InterviewRound) -> InterviewRound:
    round = lock_round(round)
    if round.state == RoundState.CLOSED:
        raise NotNow(_("This round is closed."))
    return round


@transaction.atomic
def choose_by_hand(round: InterviewRound, *, chosen: Iterable[int], by: Any) -> int:
    """Make these people, by number, the chosen ones among who wasn't approached yet; how many.

    Who can't be reached or was approached stays as they are.
    """
    round = _still_going(round)
    open_ones = round.candidates.filter(standing=Standing.NOT_APPROACHED)
    wanted = set(chosen)
    open_ones.filter(is_chosen=True).exclude(pk__in=wanted).update(
        is_chosen=False, draw=None, reason=WhyNotApproached.NOT_CHOSEN
    )
    count = open_ones.filter(pk__in=wanted).update(is_chosen=True, reason="")
    log_activity(round, "chose by hand", actor=by, people=count)
    return count


@transaction.atomic
def draw_at_random(
    round: InterviewRound,
    *,
    by_size: bool,
    by_region: bool,
    each: int,
    by: Any,
    seed: int | None = None,
) -> Draw:
    """Draw at most `each` people from every stratum of who was neither approached nor chosen.

    The seed is chosen here when none is given, and kept with the pool and who was drawn. Raises
    InvalidInput when there is nobody to draw from, or for a number that can't be.
    """
    round = _still_going(round)
    if not 1 <= each <= 1000:
        raise InvalidInput(_("Draw 1 to 1,000 people from each group."))
    if seed is not None and not 0 <= seed <= LARGEST_SEED:
        raise InvalidInput(_("A seed is a number from 0 to 2,147,483,647."))
    rows = round.candidates.filter(standing=Standing.NOT_APPROACHED, is_chosen=False)
    pool = [(one.pk, stratum_of(one, by_size, by_region)) for one in _with_place(rows)]
    if not pool:
        raise InvalidInput(_("There is nobody left to draw from."))
    seed = secrets.randbelow(LARGEST_SEED) if seed is None else seed
    drawn = draw_from(pool, each=each, seed=seed)
    draw = Draw.objects.create(
        round=round,
        by_size=by_size,
        by_region=by_region,
        each=each,
        seed=seed,
        pool=[number for number, _stratum in pool],
        drawn=drawn,
    )
    rows.exclude(pk__in=drawn).update(reason=WhyNotApproached.NOT_DRAWN)
    round.candidates.filter(pk__in=drawn).update(is_chosen=True, reason="", draw=draw)
    log_activity(round, "drew", actor=by, seed=seed, people=len(drawn))
    return draw


def _with_place(rows: Any) -> Any:
    return rows.select_related("organisation").order_by("pk")


def stratum_of(one: Candidate, by_size: bool, by_region: bool) -> tuple[str, ...]:
    """The group that somebody is drawn from."""
    organisation = one.organisation
    size = (organisation.size_class,) if by_size else ()
    return size + ((organisation.region,) if by_region else ())


@transaction.atomic
def note_standing(candidate: Candidate, *, standing: str, reason: str, by: Any) -> Candidate:
    """Note by hand how far it came with somebody, with the reason where one is needed.

    Raises InvalidInput for a reason that doesn't belong to it, NotNow once the round is closed.
    """
    round = _still_going(candidate.round)
    whys = REASONS.get(standing)
    if standing not in Standing.values:
        raise InvalidInput(_("This isn't one of the choices."))
    if whys is not None and reason not in whys.values:
        raise InvalidInput(_("Say why: choose one of the reasons that belong to it."))
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    candidate.standing = standing
    candidate.reason = reason if whys is not None else ""
    if standing in (Standing.APPROACHED, Standing.AGREED, Standing.HELD):
        candidate.is_chosen = True
    elif standing in (Standing.OUT_OF_REACH, Standing.NOT_APPROACHED):
        candidate.is_chosen = False
    candidate.save(update_fields=["standing", "reason", "is_chosen", "modified_at"])
    log_activity(round, "noted standing", actor=by, standing=standing)
    return candidate
