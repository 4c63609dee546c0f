"""Did the organisations improve, or only come closer together?"""

import itertools
import math
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
    size = _size_of_best(values.shape[-1])
    return np.sort(values, axis=-1)[..., -size:].mean(axis=-1)


def _size_of_best(units: int) -> int:
    return max(1, round(TOP * units))


def _intervals(
    first: Numbers, then: Numbers, seed: int, resamples: int
) -> list[tuple[float, float] | None]:
    if len(first) < FEWEST_UNITS:
        return [None, None, None]
    both = [_Resampled.of(values) for values in (first, then)]
    found: list[list[Numbers]] = [[], [], []]
    for drawn in draws(len(first), resamples, seed):
        times = _how_often(drawn)
        before, after = (each.statistics(times) for each in both)
        for kept, b, a in zip(found, before, after, strict=True):
            kept.append(a - b)
    tails = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
    ends = [np.quantile(np.concatenate(each), tails) for each in found]
    return [(float(low), float(high)) for low, high in ends]


def _how_often(drawn: NDArray[np.int_]) -> Numbers:
    """How often each unit is in each draw: a row a unit, a column a draw."""
    count, units = drawn.shape
    places = drawn + units * np.arange(count)[:, None]
    return (
        np.bincount(places.ravel(), minlength=count * units)
        .reshape(count, units)
        .T.astype(float, order="C")
    )


@dataclass(frozen=True, slots=True)
class _Resampled:
    """Periods ready to be drawn from: a draw is told by how often each unit is in it, so that
    nothing needs to be looked up or sorted again.

    The best `size` of a draw are the units from the best down, each as often as it was drawn, until
    there are so many: their sum is that of T * (x - the next x), with T how many are there so far,
    no more than `size`.
    """

    values: Numbers
    means: Numbers
    ranked: NDArray[np.intp]
    steps: Numbers
    size: int

    @classmethod
    def of(cls, values: Numbers) -> "_Resampled":
        means = values.mean(axis=0)
        centred = values - means
        size = _size_of_best(len(values))
        ranked = np.argsort(-centred, axis=0, kind="stable")
        down = np.take_along_axis(centred, ranked, axis=0)
        steps = down - np.vstack([down[1:], np.zeros((1, down.shape[1]))])
        return cls(centred, means, ranked, steps, size)

    def statistics(self, times: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Mean, sd and the mean of the best of each draw, each averaged over the periods."""
        units = len(times)
        means = times.T @ self.values / units
        squares = times.T @ self.values**2 / units
        spread = np.sqrt(np.maximum(squares - means**2, 0) * units / (units - 1))
        level = float(self.means.mean())
        best = sum(self._best(times, period) for period in range(self.values.shape[1]))
        return (
            means.mean(axis=1) + level,
            spread.mean(axis=1),
            best / self.values.shape[1] + level,
        )

    def _best(self, times: Numbers, period: int) -> Numbers:
        """Most draws have their best among the first `enough` units; else all are gone through."""
        enough = min(len(times), self.size + 6 * math.isqrt(self.size) + 20)
        so_far = _summed_up(times[self.ranked[:enough, period]])
        if so_far[-1].min() < self.size:
            enough = len(times)
            so_far = _summed_up(times[self.ranked[:, period]])
        steps = self.steps[:enough, period].copy()
        steps[-1] = self.values[self.ranked[enough - 1, period], period]
        return steps @ np.minimum(so_far, self.size, out=so_far) / self.size


def _summed_up(times: Numbers) -> Numbers:
    """Each row with those above it, in place: quicker by rows than `cumsum` over columns."""
    for above, row in itertools.pairwise(times):
        row += above
    return times


def _over(
    statistic: Callable[[Numbers], Numbers], values: Numbers, drawn: NDArray[np.int_]
) -> Numbers:
    """The statistic of each period of those drawn, averaged over the periods."""
    return np.mean([statistic(column[drawn]) for column in values.T], axis=0)
