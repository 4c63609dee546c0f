"""What stands behind a change: complete chains, support, and whether participants name it.

A chain is complete when a figure of the indicator was talked about in a session that was held, and
the action that came from that session was carried out on that day or later. Imports numpy: for
workers and commands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from evaluation.findings.naming import counted
from evaluation.findings.panels import FigurePlace, Panel
from evaluation.measures.change import Cell, Difference, NoDifference, difference
from evaluation.measures.panel import NEVER, mean_before, mean_change
from learningcircles.evidence import ActionRow, ReadingRow, SessionRow, SignalRow

RESAMPLES = 2_000
"""Enough for an interval: no p-value is given."""
MUCH = frozenset({"sufficient", "much"})
"""Levels of support from which the organisation stands behind taking part."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What was talked about in sessions that were held, and who stood behind taking part."""

    held: Mapping[int, date]
    """The day of each session that was held."""
    figures: Mapping[int, FigurePlace]
    readings: Sequence[ReadingRow]
    signals: Mapping[int, SignalRow]
    supported: Mapping[int, bool] = field(default_factory=dict)
    """Of each organisation of which it is known: is its support at least sufficient?"""
    involved: Mapping[int, bool] = field(default_factory=dict)
    named_in_survey: Mapping[int, bool] = field(default_factory=dict)
    """Of each organisation of which it may be shown: say its answers that it yields something?"""
    named_in_interviews: Mapping[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Supported:
    """How much more those with support (or involvement) changed than those without."""

    difference: Difference
    with_it: int
    without_it: int


@dataclass(frozen=True, slots=True)
class Backing:
    """`complete` of `acts` chains are complete; `read` of those who acted talked about a later
    figure in a session; `in_survey` and `in_interviews` count who of them says that the benchmark
    yields something; the differences are None where too little is known."""

    acts: int
    complete: int
    read: int
    in_survey: Mapping[str, int]
    in_interviews: Mapping[str, int]
    by_support: Supported | None
    by_involvement: Supported | None


def talk_of(
    sessions: Sequence[SessionRow],
    readings: Sequence[ReadingRow],
    signals: Sequence[SignalRow],
    figures: Mapping[int, FigurePlace],
    supported: Mapping[int, bool],
    involved: Mapping[int, bool],
    named_in_survey: Mapping[int, bool],
    named_in_interviews: Mapping[int, bool],
) -> Talk:
    """What the rooms below recorded, ready to be asked."""
    held = {each.id: each.starts_at.date() for each in sessions if each.state == "held"}
    by_id = {each.id: each for each in signals}
    read = [each for each in readings if each.session_id in held]
    return Talk(
        held, figures, read, by_id, supported, involved, named_in_survey, named_in_interviews
    )


def is_complete(action: ActionRow, indicator_id: int, talk: Talk) -> bool:
    """Figure, session, action: is each there, and in this order?"""
    signal = talk.signals.get(action.signal_id) if action.signal_id else None
    session = action.session_id or (signal.session_id if signal else None)
    day = talk.held.get(session) if session else None
    if day is None or action.done_on is None or action.done_on < day:
        return False
    told = [signal.figure_id] if signal else []
    told += [each.figure_id for each in talk.readings if each.session_id == session]
    return any(_is_of(talk, figure, indicator_id) for figure in (*told, action.figure_id))


def _is_of(talk: Talk, figure: int | None, indicator_id: int) -> bool:
    place = talk.figures.get(figure) if figure else None
    return place is not None and place.indicator_id == indicator_id


def recorded(
    panel: Panel, starts: np.ndarray, acts: Mapping[int, ActionRow], talk: Talk
) -> dict[str, Any]:
    """What the rooms below recorded of one indicator, as JSON; nothing is computed yet."""
    return {
        "acts": len(acts),
        "complete": sum(is_complete(act, panel.indicator_id, talk) for act in acts.values()),
        "read": len(_talked_afterwards(panel, starts, talk) & set(acts)),
        "in_survey": counted(talk.named_in_survey, acts),
        "in_interviews": counted(talk.named_in_interviews, acts),
        "supported": [talk.supported.get(each) for each in panel.organisations],
        "involved": [talk.involved.get(each) for each in panel.organisations],
    }


def backing_of(
    values: np.ndarray, starts: np.ndarray, told: Mapping[str, Any], *, seed: int
) -> Backing:
    """What stands behind the change of one indicator. `values` are turned so that up is better;
    `told` is what `recorded` gave."""
    return Backing(
        acts=told["acts"],
        complete=told["complete"],
        read=told["read"],
        in_survey=told["in_survey"],
        in_interviews=told["in_interviews"],
        by_support=_moved_more(values, starts, told["supported"], seed),
        by_involvement=_moved_more(values, starts, told["involved"], seed),
    )


def _talked_afterwards(panel: Panel, starts: np.ndarray, talk: Talk) -> set[int]:
    """Organisations of which a figure after the act was read in a session."""
    first = dict(zip(panel.organisations, starts.tolist(), strict=True))
    order = {period: number for number, period in enumerate(panel.periods)}
    found = set()
    for reading in talk.readings:
        place = talk.figures.get(reading.figure_id) if reading.figure_id else None
        if place is None or place.indicator_id != panel.indicator_id:
            continue
        start = first.get(place.organisation_id, NEVER)
        if start != NEVER and order.get(place.period, -1) >= start:
            found.add(place.organisation_id)
    return found


def _moved_more(
    values: np.ndarray, starts: np.ndarray, flags: Sequence[bool | None], seed: int
) -> Supported | None:
    """The change of who has it against who hasn't, the figures before and acting held fixed."""
    has = np.array([np.nan if each is None else float(each) for each in flags])
    known = np.column_stack([mean_before(values, starts), (starts != NEVER).astype(float)])
    cell = Cell(mean_change(values, starts), known, has)
    found = difference([cell], seed=seed, resamples=RESAMPLES)
    if isinstance(found, NoDifference):
        return None
    return Supported(found, found.acted, found.reference)


def reservations_of(backing: Backing) -> list[str]:
    """`no_session`: not more than half of the chains are complete; `less_with_support`: those
    with support, or those involved, changed less than the others."""
    noted = []
    if 2 * backing.complete <= backing.acts:
        noted.append("no_session")
    asked = (backing.by_support, backing.by_involvement)
    if any(each is not None and each.difference.estimate < 0 for each in asked):
        noted.append("less_with_support")
    return noted
