"""Did the organisations improve, or only come closer together?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.measures.drawing import draws
from evaluation.measures.resampling import RESAMPLES, SEED

type Numbers = NDArray[np.float64]

FEWEST_UNITS = 6
CONFIDENCE = 0.95
TOP = 0.25


@dataclass(frozen=True, slots=True)
class Movement:
    """A change from before to after, in the unit of the figure; higher is better."""

    before: float
    after: float
    change: float
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Levelling:
    """Mean, spread and the best quarter before and after. `levelled`: the spread fell (its
    interval lies under 0) and the best did not rise (theirs doesn't lie above 0); None if few."""

    n: int
    mean: Movement
    spread: Movement
    best: Movement
    levelled: bool | None


def levelling(
    before: Numbers, after: Numbers, *, seed: int = SEED, resamples: int = RESAMPLES
) -> Levelling | None:
    """Compare single periods before and after: mean, sd and mean of the best quarter of each.

    `before`, `after`: rows organisations, columns periods, higher is better; rows with a gap are
    left out. Spread and best are taken in each period and then averaged, so that a mean of many
    periods doesn't look like a smaller spread; the best quarter is whoever is best in that period,
    not those who were best before, who fall of themselves. Organisations are drawn with
    replacement for the intervals (percentile). None with fewer than four organisations.
    Source: Pitman (1939) for the question, Biometrika 31; the bootstrap of Efron (1979).

    >>> low, high = np.array([[0.0], [2], [4], [6]]), np.array([[3.0], [4], [5], [6]])
    >>> found = levelling(low, high)
    >>> found.mean.change, round(found.spread.change, 4), found.best.change, found.levelled
    (1.5, -1.291, 0.0, None)
    """
    kept = np.isfinite(before).all(axis=1) & np.isfinite(after).all(axis=1)
    first, then = before[kept], after[kept]
    if len(first) < 4:
        return None
    whole = np.arange(len(first))[None, :]
    values = [
        (float(_over(s, first, whole)[0]), float(_over(s, then, whole)[0]))
        for s in (_mean, _sd, _best)
    ]
    intervals = _intervals(first, then, seed, resamples)
    mean, spread, best = (
        Movement(b, a, a - b, interval) for (b, a), interval in zip(values, intervals, strict=True)
    )
    levelled = None
    if spread.interval and best.interval:
        levelled = spread.interval[1] < 0 and best.interval[0] <= 0
    return Levelling(len(first), mean, spread, best, levelled)


def _mean(values: Numbers) -> Numbers:
    return values.mean(axis=-1)


def _sd(values: Numbers) -> Numbers:
    return values.std(axis=-1, ddof=1)


def _best(values: Numbers) -> Numbers:
    """The mean of the best quarter, at least one."""
    size = max(1, round(TOP * values.shape[-1]))
    return np.sort(values, axis=-1)[..., -size:].mean(axis=-1)


def _intervals(
    first: Numbers, then: Numbers, seed: int, resamples: int
) -> list[tuple[float, float] | None]:
    if len(first) < FEWEST_UNITS:
        return [None, None, None]
    found: list[list[Numbers]] = [[], [], []]
    for drawn in draws(len(first), resamples, seed):
        for kept, statistic in zip(found, (_mean, _sd, _best), strict=True):
            kept.append(_over(statistic, then, drawn) - _over(statistic, first, drawn))
    tails = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
    ends = [np.quantile(np.concatenate(each), tails) for each in found]
    return [(float(low), float(high)) for low, high in ends]


def _over(
    statistic: Callable[[Numbers], Numbers], values: Numbers, drawn: NDArray[np.int_]
) -> Numbers:
    """The statistic of each period of those drawn, averaged over the periods."""
    return np.mean([statistic(column[drawn]) for column in values.T], axis=0)
