"""Small groups: which counts may be shown, so that no number can be traced to a person.

A count under the minimum is hidden. Hiding it alone is not enough: whoever knows the total
subtracts the others. So further counts are hidden (complementary suppression) until each small
one could, for all that is published, just as well have been the minimum or more. A table with its
totals is a circulation: rows, columns and the whole are nodes, counts are flows between them. What
a reader can't rule out is another flow that agrees with everything shown, and the search for one
is a search for a path. Pure functions: numbers in, numbers out.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

UNLIMITED = 10**9
INNER, MARGIN, WHOLE = 1, 1_000, 1_000_000
"""What hiding costs, a respondent: totals are the last to go."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A count as a flow from one node to another; `weight` is how dear it is to hide it."""

    tail: Hashable
    head: Hashable
    count: int
    weight: int = INNER


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table as it may be shown: None where a count is hidden."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


def enough(n: int, minimum: int) -> bool:
    """Are there enough respondents behind a number to show it?"""
    return n >= minimum


def protect_counts[K: Hashable](
    counts: Mapping[K, int], minimum: int, *, zero_is_small: bool = False
) -> dict[K, int | None]:
    """Counts of groups that add up to a known total, as they may be shown beside that total.

    A zero is shown unless `zero_is_small`. If even the total is under the minimum, nothing is
    shown (and the total may not be shown either).

    >>> protect_counts({"a": 9, "b": 7, "c": 2}, 5)
    {'a': 9, 'b': None, 'c': None}
    """
    keys = list(counts)
    arcs = [Arc("from", "to", counts[key]) for key in keys]
    arcs.append(Arc("to", "from", sum(counts.values()), WHOLE))
    hidden = _hide(arcs, minimum, zero_is_small=zero_is_small)
    if len(keys) in hidden:
        return dict.fromkeys(keys)
    return {key: None if index in hidden else counts[key] for index, key in enumerate(keys)}


def protect_table(
    counts: Sequence[Sequence[int]], minimum: int, *, zero_is_small: bool = False
) -> ProtectedTable:
    """A table of counts with its row, column and grand totals, as it may be shown.

    Rows are equally long. Sums and differences of what is shown never give a hidden count away.
    """
    width = len(counts[0]) if counts else 0
    arcs = _table_arcs(counts, width)
    hidden = _hide(arcs, minimum, zero_is_small=zero_is_small)
    shown = [None if index in hidden else arc.count for index, arc in enumerate(arcs)]
    inner, height = len(counts) * width, len(counts)
    return ProtectedTable(
        cells=tuple(tuple(shown[row * width : (row + 1) * width]) for row in range(height)),
        row_totals=tuple(shown[inner : inner + height]),
        column_totals=tuple(shown[inner + height : -1]),
        total=shown[-1],
    )


def _table_arcs(counts: Sequence[Sequence[int]], width: int) -> list[Arc]:
    """Cells, then row totals, then column totals, then the grand total."""
    rows = [(("row", number), row) for number, row in enumerate(counts)]
    cells = [
        Arc(node, ("column", column), count)
        for node, row in rows
        for column, count in enumerate(row)
    ]
    row_totals = [Arc("all", node, sum(row), MARGIN) for node, row in rows]
    column_totals = [
        Arc(("column", column), "every", sum(row[column] for _node, row in rows), MARGIN)
        for column in range(width)
    ]
    total = Arc("every", "all", sum(arc.count for arc in row_totals), WHOLE)
    return [*cells, *row_totals, *column_totals, total]


def _hide(arcs: list[Arc], minimum: int, *, zero_is_small: bool) -> set[int]:
    """Indices of the counts to hide: the small ones, and those that would give them away."""
    least = 0 if zero_is_small else 1
    small = {index for index, arc in enumerate(arcs) if least <= arc.count < minimum}
    hidden = set(small)
    for index in sorted(small, key=lambda index: (-arcs[index].weight, arcs[index].count)):
        while (more := _needed_to_protect(index, arcs, hidden, minimum)) is not None:
            if not more:  # nothing left that could cover it: show nothing at all
                return set(range(len(arcs)))
            hidden |= more
    return hidden


def _needed_to_protect(
    index: int, arcs: list[Arc], hidden: set[int], minimum: int
) -> set[int] | None:
    """Counts to hide besides, so that this one may have been `minimum`; None if that holds."""
    room = _Room(arcs, without=index)
    lacking = minimum - arcs[index].count
    start, goal = arcs[index].head, arcs[index].tail
    while lacking > 0:
        path = room.cheapest_path(start, goal, hidden)
        if path is None:
            return set()
        new = {step for step, _forward in path} - hidden
        if new:
            return new
        lacking -= room.push(path, lacking)
    return None


class _Room:
    """How far each count could move, given that all of them stay at zero or more."""

    def __init__(self, arcs: list[Arc], *, without: int) -> None:
        self.arcs = arcs
        self.flows = [arc.count for arc in arcs]
        self.ways: dict[Hashable, list[tuple[int, bool, Hashable]]] = {}
        for index, arc in enumerate(arcs):
            if index != without:
                self.ways.setdefault(arc.tail, []).append((index, True, arc.head))
                self.ways.setdefault(arc.head, []).append((index, False, arc.tail))

    def cheapest_path(
        self, start: Hashable, goal: Hashable, hidden: set[int]
    ) -> list[tuple[int, bool]] | None:
        """The changes that cost least to hide: (count, upward or not); hidden counts are free."""
        best: dict[Hashable, int] = {start: 0}
        came: dict[Hashable, tuple[Hashable, int, bool]] = {}
        queue: list[tuple[int, int, Hashable]] = [(0, 0, start)]
        pushed = 0
        while queue:
            cost, _order, node = heappop(queue)
            if node == goal:
                return self._steps_back(came, start, goal)
            if cost > best[node]:
                continue
            for index, forward, other in self.ways.get(node, ()):
                if not forward and self.flows[index] <= 0:
                    continue
                further = cost + self._price(index, hidden)
                if further < best.get(other, UNLIMITED**2):
                    best[other], came[other] = further, (node, index, forward)
                    pushed += 1
                    heappush(queue, (further, pushed, other))
        return None

    def _price(self, index: int, hidden: set[int]) -> int:
        arc = self.arcs[index]
        return 0 if index in hidden else (arc.count + 1) * arc.weight

    @staticmethod
    def _steps_back(
        came: dict[Hashable, tuple[Hashable, int, bool]], start: Hashable, goal: Hashable
    ) -> list[tuple[int, bool]]:
        steps, node = [], goal
        while node != start:
            node, index, forward = came[node]
            steps.append((index, forward))
        return steps

    def push(self, path: list[tuple[int, bool]], most: int) -> int:
        """Move the counts along the path as far as they go, at most `most`; return how far."""
        amount = min([most, *(self.flows[index] for index, forward in path if not forward)])
        for index, forward in path:
            self.flows[index] += amount if forward else -amount
        return amount
