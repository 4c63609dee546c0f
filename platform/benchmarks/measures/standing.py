"""What stands out, for one indicator: of each organisation its newest value, laid beside its own
past and beside a group. Pure; missing values are simply not there.
"""

from bisect import bisect_left
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from benchmarks.measures.robust import Place, place_among

PAST = 12
"""How many earlier periods count as the own past, at most: beyond that it was another time."""
LOWER, HIGHER = "lower", "higher"

type History = Sequence[tuple[str, float]]
"""Period and value, in order of time. Periods are texts that sort in order of time."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The newest value of one organisation, beside its own past and beside its group."""

    period: str
    value: float
    past: Place
    group: Place


def judge(
    histories: Mapping[Any, History],
    *,
    better: str,
    of: Collection[Any] | None = None,
    group_of: Mapping[Any, Hashable] | None = None,
    best_quarter: bool = False,
) -> dict[Any, Judged]:
    """By organisation, its newest value beside its past and its group.

    `histories` are the values by organisation; values that may not be compared with one another
    (another definition, a disputed one) are left out by the caller. `better` is "higher", "lower"
    or anything else for neither. `of` narrows down who is judged, not who is compared with.
    `group_of` gives each organisation a group; who has none is alone. With `best_quarter` the group
    is narrowed to the quarter of the others that is best; where neither way is better, it is empty.

    >>> found = judge({"a": [("2023", 9.0), ("2024", 5.0)], "b": [("2024", 6.0)]}, better="lower")
    >>> found["a"].value, found["a"].group.n, found["a"].group.rule
    (5.0, 1, <Rule.TOO_FEW: 'too_few'>)
    """
    groups = _Groups(histories, group_of)
    chosen = histories if of is None else of
    judged = {}
    for organisation in chosen:
        history = histories.get(organisation)
        if history:
            period, value = history[-1]
            others = groups.others(organisation, period, value)
            group = _beside(value, others, better, best_quarter)
            judged[organisation] = Judged(period, value, beside_past(history), group)
    return judged


def beside_past(history: History) -> Place:
    """The newest value among the earlier ones, the last twelve at most.

    >>> beside_past([("2021", 4), ("2022", 5), ("2023", 6), ("2024", 12)]).stands_out
    True
    """
    earlier = sorted([value for _period, value in history[-PAST - 1 : -1]])
    return place_among(history[-1][1], earlier)


def best_of(ordered: Sequence[float], better: str) -> Sequence[float]:
    """The quarter that is best, rounded up; nothing where neither way is better.

    >>> best_of([1, 2, 3, 4, 5], "lower")
    [1, 2]
    """
    count = ceil(len(ordered) / 4)
    if better == LOWER:
        return ordered[:count]
    return ordered[len(ordered) - count :] if better == HIGHER else ordered[:0]


def _beside(value: float, others: Sequence[float], better: str, best_quarter: bool) -> Place:
    if best_quarter:
        return place_among(value, best_of(others, better), yardstick=others)
    return place_among(value, others)


class _Groups:
    """The values of each group in each period, ascending; made once for all that are judged."""

    def __init__(
        self, histories: Mapping[Any, History], group_of: Mapping[Any, Hashable] | None
    ) -> None:
        self.histories, self.group_of = histories, group_of
        self.periods: dict[str, dict[Hashable, list[float]]] = {}

    def others(self, organisation: Hashable, period: str, value: float) -> list[float]:
        """The values of the others in its group in this period, ascending."""
        group = None if self.group_of is None else self.group_of.get(organisation)
        if group is None and self.group_of is not None:
            return []
        if period not in self.periods:
            self.periods[period] = self._values(period)
        everyone = self.periods[period].get(group, [])
        own = bisect_left(everyone, value)
        return everyone[:own] + everyone[own + 1 :]

    def _values(self, period: str) -> dict[Hashable, list[float]]:
        found: dict[Hashable, list[float]] = {}
        for organisation, history in self.histories.items():
            group = None if self.group_of is None else self.group_of.get(organisation)
            value = value_in(history, period)
            if value is not None:
                found.setdefault(group, []).append(value)
        for values in found.values():
            values.sort()
        return found


def value_in(history: History, period: str) -> float | None:
    """The value of a period; mostly the newest, so looked for from the end."""
    for other, value in reversed(history):
        if other == period:
            return value
        if other < period:
            return None
    return None
