"""What each organisation scores on each part of the framework in each round. Imports numpy."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benchmarks.models import Cycle
from benchmarks.periods import read_period
from evaluation.domain.ground import Ground
from evaluation.domain.registry import variables_of
from evaluation.domain.variables import Variable, observe_all
from evaluation.findings.improvement import oriented
from evaluation.findings.panels import Panel
from learningcircles.evidence import ActionRow

type Scores = NDArray[np.float64]

FOLLOW_UP, CHANGE = "follow_up", "change"
"""Actions carried out in the round; how far the figures moved for the better, in sd."""


def scores_of(
    names: Sequence[str],
    grounds: Sequence[Ground],
    organisations: Sequence[int],
    actions: Sequence[ActionRow],
    panels: Sequence[Panel],
) -> dict[str, Scores]:
    """By variable a row an organisation and a column a round; nan where unknown."""
    variables = [variables_of(ground) for ground in grounds]
    found = {
        name: _columns(
            organisations,
            [_ranks(ground, own.get(name)) for ground, own in zip(grounds, variables, strict=True)],
        )
        for name in names
        if name not in (FOLLOW_UP, CHANGE)
    }
    cycles = [ground.cycle for ground in grounds]
    taking_part = [{p.organisation_id for p in ground.participants} for ground in grounds]
    done = [
        carried_out(cycle, actions, part) for cycle, part in zip(cycles, taking_part, strict=True)
    ]
    found[FOLLOW_UP] = _columns(organisations, done)
    found[CHANGE] = _columns(organisations, [change_in(cycle, panels) for cycle in cycles])
    return found


def _columns(organisations: Sequence[int], rounds: Sequence[Mapping[int, float]]) -> Scores:
    return np.array(
        [[own.get(each, np.nan) for own in rounds] for each in organisations], dtype=float
    ).reshape(len(organisations), len(rounds))


def _ranks(ground: Ground, variable: Variable | None) -> dict[int, float]:
    """The rank of each organisation's one value; none for a variable without an order."""
    if variable is None or variable.several or not variable.is_ordered:
        return {}
    seen = observe_all(variable, ground)
    return {
        each.organisation_id: float(variable.rank(seen[each.reference].values[0]))
        for each in ground.participants
        if seen[each.reference].values
    }


def carried_out(
    cycle: Cycle, actions: Sequence[ActionRow], taking_part: set[int]
) -> dict[int, float]:
    """How many actions of the round each organisation carried out; unknown without any agreed."""
    own = [each for each in actions if each.agreed_on and is_of_round(each, cycle)]
    if not own:
        return {}
    done = Counter(each.organisation_id for each in own if each.status == "done")
    return {each: float(done[each]) for each in taking_part}


def is_of_round(action: ActionRow, cycle: Cycle) -> bool:
    """By the round it names, else by the day on which it was agreed."""
    if action.cycle_id is not None:
        return action.cycle_id == cycle.pk
    return action.agreed_on is not None and cycle.starts_on <= action.agreed_on <= cycle.ends_on


def change_in(cycle: Cycle, panels: Sequence[Panel]) -> dict[int, float]:
    """The mean over indicators of how far a figure moved for the better in a round.

    Of an indicator: the mean of the periods that lie in the round less the mean of those before it,
    over the sd of the latter between organisations. Who stood badly rises by chance as well, so
    this is for relations between organisations, never for a verdict.
    """
    moved: dict[int, list[float]] = {}
    for panel in panels:
        for organisation, value in _moved(panel, cycle).items():
            moved.setdefault(organisation, []).append(value)
    return {organisation: float(np.mean(values)) for organisation, values in moved.items()}


def _moved(panel: Panel, cycle: Cycle) -> dict[int, float]:
    middles = [_middle(period) for period in panel.periods]
    before = np.array([middle < cycle.starts_on for middle in middles], dtype=bool)
    within = np.array([cycle.starts_on <= m <= cycle.ends_on for m in middles], dtype=bool)
    if not before.any() or not within.any():
        return {}
    values = oriented(panel)
    first, last = _mean(values[:, before]), _mean(values[:, within])
    spread = np.nanstd(first, ddof=1) if np.isfinite(first).sum() > 1 else 0.0
    if not spread > 0:
        return {}
    change = (last - first) / spread
    return {
        organisation: float(value)
        for organisation, value in zip(panel.organisations, change, strict=True)
        if np.isfinite(value)
    }


def _mean(values: Scores) -> Scores:
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _middle(written: str) -> date:
    period = read_period(written)
    assert period is not None  # only such figures are in a panel
    return period.first + (period.last - period.first) / 2
