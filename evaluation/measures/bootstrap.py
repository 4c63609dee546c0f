"""Intervals by drawing units with replacement, for any statistic of two variables."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from evaluation.measures.drawing import CHUNK
from evaluation.measures.resampling import RESAMPLES, SEED

type Numbers = NDArray[np.float64]

CONFIDENCE = 0.95
MOST_UNUSABLE = 0.05
"""Share of resamples in which a variable is constant, above which no interval is given."""


def bootstrap_interval(
    x: Numbers,
    y: Numbers,
    statistic: Callable[[Any, Any], float],
    value: float,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    by_lines: Callable[[Any, Any], Numbers] | None = None,
) -> tuple[tuple[float, float] | None, str]:
    """95% interval by drawing units with replacement, and how it was made or why there is none.

    Bias-corrected and accelerated (BCa). Resamples in which a variable happens to be constant have
    no statistic and are left out; more than 5% of those, or a statistic that is the same in
    every resample (a perfect association), leaves no honest interval. Where leaving out any one
    unit changes nothing, BCa doesn't exist and the percentile interval is given. `by_lines` is the
    same statistic of many lines of units at once, where there is one.
    Source: Efron (1987), Better bootstrap confidence intervals, JASA 82.
    """
    drawn = np.random.default_rng(seed).integers(0, len(x), (resamples, len(x)))
    of_lines = by_lines or _one_by_one(statistic)
    found = np.concatenate(
        [
            of_lines(x[units], y[units])
            for units in np.array_split(drawn, max(1, len(drawn) // CHUNK))
        ]
    )
    usable = found[~np.isnan(found)]
    unusable = 1 - len(usable) / resamples
    if unusable > MOST_UNUSABLE:
        return None, f"no interval: a variable is constant in {unusable:.0%} of the resamples"
    if np.ptp(usable) < 1e-12:
        return None, "no interval: the value is the same in every resample"
    tails = _bca_tails(x, y, of_lines, usable, value)
    kind = "BCa" if tails else "percentile"
    low, high = np.quantile(usable, tails or ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    how = f"95% {kind} bootstrap interval over organisations, {resamples} resamples, seed {seed}"
    return (float(low), float(high)), how


def _one_by_one(statistic: Callable[[Any, Any], float]) -> Callable[[Any, Any], Numbers]:
    return lambda x, y: np.array([statistic(*pair) for pair in zip(x, y, strict=True)])


def _bca_tails(
    x: Numbers,
    y: Numbers,
    of_lines: Callable[[Any, Any], Numbers],
    found: Numbers,
    value: float,
) -> tuple[float, float] | None:
    """The two quantiles of the resamples that BCa takes, or None where it doesn't exist."""
    below = float(np.mean(found < value - 1e-12) + np.mean(np.abs(found - value) <= 1e-12) / 2)
    others = np.array([np.delete(np.arange(len(x)), unit) for unit in range(len(x))])
    without = of_lines(x[others], y[others])
    away = np.mean(without) - without
    spread = float(np.sum(away**2))
    if not 0 < below < 1 or not np.isfinite(spread) or spread < 1e-12:
        return None
    bias = stats.norm.ppf(below)
    acceleration = float(np.sum(away**3)) / (6 * spread**1.5)
    ends = stats.norm.ppf([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]) + bias
    low, high = stats.norm.cdf(bias + ends / (1 - acceleration * ends))
    return float(low), float(high)
