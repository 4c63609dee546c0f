"""Figures by organisation and period, cut where an organisation began to act."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evaluation.measures.change import Cell

type Numbers = NDArray[np.float64]
type Starts = NDArray[np.intp]

NEVER = -1


def comparisons(values: Numbers, starts: Starts) -> list[Cell]:
    """The mean after, given the mean before, of who began at each period and of who never did.

    `values` has a row an organisation and a column a period in order, nan where unknown, higher is
    better; `starts` is the first period after the act, NEVER (-1) without one. An act before the
    first or after the last period compares nothing.

    >>> values = np.array([[1.0, 3, 6], [2, 2, 2]])
    >>> [cell] = comparisons(values, np.array([2, NEVER]))
    >>> cell.outcome.tolist(), cell.known.tolist(), cell.acted.tolist()
    ([6.0, 2.0], [[2.0], [2.0]], [1.0, 0.0])
    """
    return [
        Cell(_mean(values[:, at:]), _mean(values[:, :at])[:, None], _acted(starts, at))
        for at in cuts(values, starts)
    ]


def strict_comparisons(values: Numbers, starts: Starts) -> list[Cell]:
    """As `comparisons`, given the last figure before and the mean of the earlier ones apart.

    Unbiased under choice on the last figure even when luck goes on from one period to the next, or
    turns around; at the price of a wider interval.

    >>> values = np.array([[1.0, 3, 6], [2, 2, 2]])
    >>> strict_comparisons(values, np.array([2, NEVER]))[0].known.tolist()
    [[3.0, 1.0], [2.0, 2.0]]
    """
    cells = []
    for at in cuts(values, starts):
        last = last_known(values[:, :at])
        columns = [last]
        if at > 1:
            earlier = _mean(_without_last(values[:, :at]))
            columns.append(np.where(np.isfinite(earlier), earlier, last))
        known = np.column_stack(columns)
        cells.append(Cell(_mean(values[:, at:]), known, _acted(starts, at)))
    return cells


def earlier_comparisons(values: Numbers, starts: Starts) -> list[Cell]:
    """The mean of the earlier figures, given the last one before the act: was there a trend?

    Those who act and those who don't, with the same last figure, had the same figures earlier if
    nothing was under way. Whoever was rising already stood lower. Needs two periods before.

    >>> values = np.array([[1.0, 3, 6], [2, 2, 2]])
    >>> earlier_comparisons(values, np.array([2, NEVER]))[0].outcome.tolist()
    [1.0, 2.0]
    """
    return [
        Cell(
            _mean(_without_last(values[:, :at])),
            last_known(values[:, :at])[:, None],
            _acted(starts, at),
        )
        for at in cuts(values, starts)
        if at > 1
    ]


def within(cells: Sequence[Cell], groups: Sequence[int] | None) -> list[Cell]:
    """The same comparisons within reference groups: each group has a level of its own.

    >>> [cell] = within(comparisons(np.ones((3, 2)), np.array([1, NEVER, NEVER])), [0, 0, 1])
    >>> cell.known.tolist()
    [[1.0, 0.0], [1.0, 0.0], [1.0, 1.0]]
    """
    if groups is None:
        return list(cells)
    own = np.asarray(groups)[:, None] == np.unique(groups)[None, 1:]
    return [Cell(c.outcome, np.column_stack([c.known, own]), c.acted) for c in cells]


def among(cells: Sequence[Cell], reference: Sequence[bool] | None) -> list[Cell]:
    """The same comparisons with these organisations only as those that never acted.

    >>> cells = comparisons(np.ones((3, 2)), np.array([1, NEVER, NEVER]))
    >>> [cell] = among(cells, [False, False, True])
    >>> cell.acted.tolist()
    [1.0, nan, 0.0]
    """
    if reference is None:
        return list(cells)
    other = ~np.asarray(reference, dtype=bool)
    return [
        Cell(c.outcome, c.known, np.where(other & (c.acted == 0), np.nan, c.acted)) for c in cells
    ]


def cuts(values: Numbers, starts: Starts) -> list[int]:
    """The periods at which somebody began, with figures before and after.

    >>> cuts(np.ones((4, 3)), np.array([0, 1, 3, NEVER]))
    [1]
    """
    return [int(at) for at in np.unique(starts) if 0 < at < values.shape[1]]


def usual_cut(values: Numbers, starts: Starts) -> int | None:
    """The period at which most began (the earliest of those), for who never did.

    Halfway where nobody began; None with fewer than two periods.

    >>> usual_cut(np.ones((4, 5)), np.array([2, 3, 3, NEVER]))
    3
    >>> usual_cut(np.ones((2, 4)), np.array([NEVER, NEVER]))
    2
    """
    usable = [int(at) for at in starts if 0 < at < values.shape[1]]
    if usable:
        return max(sorted(set(usable)), key=usable.count)
    return values.shape[1] // 2 or None


def mean_change(values: Numbers, starts: Starts) -> Numbers:
    """The mean after less the mean before, of each organisation at its own cut or the usual one.

    nan where there is nothing before or nothing after.

    >>> mean_change(np.array([[1.0, 3, 6], [2, 2, 5]]), np.array([2, NEVER])).tolist()
    [4.0, 3.0]
    """
    usual = usual_cut(values, starts)
    found = np.full(len(values), np.nan)
    for unit, start in enumerate(starts):
        at = usual if start == NEVER else int(start)
        if at is not None and 0 < at < values.shape[1]:
            row = values[unit : unit + 1]
            found[unit] = (_mean(row[:, at:]) - _mean(row[:, :at]))[0]
    return found


def mean_before(values: Numbers, starts: Starts) -> Numbers:
    """The mean before, of each organisation at its own cut or the usual one; nan without any.

    >>> mean_before(np.array([[1.0, 3, 6], [2, 2, 5]]), np.array([2, NEVER])).tolist()
    [2.0, 2.0]
    """
    usual = usual_cut(values, starts)
    found = np.full(len(values), np.nan)
    for unit, start in enumerate(starts):
        at = usual if start == NEVER else int(start)
        if at is not None and 0 < at < values.shape[1]:
            found[unit] = _mean(values[unit : unit + 1, :at])[0]
    return found


def last_known(values: Numbers) -> Numbers:
    """The last figure that is known of each organisation; nan without any.

    >>> last_known(np.array([[1.0, np.nan], [2, 3]])).tolist()
    [1.0, 3.0]
    """
    rows, place = np.arange(len(values)), _last_place(values)
    return np.where(place >= 0, values[rows, np.maximum(place, 0)], np.nan)


def _last_place(values: Numbers) -> Starts:
    known = np.isfinite(values)
    last = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), last, -1)


def _without_last(values: Numbers) -> Numbers:
    rest, place = values.copy(), _last_place(values)
    rows = np.flatnonzero(place >= 0)
    rest[rows, place[rows]] = np.nan
    return rest


def _acted(starts: Starts, at: int) -> Numbers:
    return np.where(starts == at, 1.0, np.where(starts == NEVER, 0.0, np.nan))


def _mean(values: Numbers) -> Numbers:
    """Means of rows over what is known; nan without anything."""
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
