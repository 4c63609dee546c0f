"""Where the values of organisations lie and how far apart, with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from evaluation.measures.drawing import draws
from evaluation.measures.resampling import RESAMPLES, SEED

type Numbers = NDArray[np.float64]

FEWEST_UNITS = 6
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number in the unit of the values; `interval` is None with five units or fewer."""

    value: float
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Distribution:
    """Values of `n` organisations. `sd` has n - 1; `iqr` is the middle half's width."""

    n: int
    lowest: float
    highest: float
    mean: Estimate
    median: Estimate
    sd: Estimate
    iqr: Estimate


def distribution(
    values: Sequence[float], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Distribution:
    """Location and spread: mean (Student), median (order statistics), sd and iqr (bootstrap).

    Raises ValueError for fewer than two values.

    >>> found = distribution([1, 2, 4, 5])
    >>> found.mean.value, found.median.value, found.median.interval
    (3.0, 3.0, None)
    """
    known = np.sort(np.asarray(values, float))
    if len(known) < 2:
        raise ValueError("a distribution has two values at least")
    many = len(known) >= FEWEST_UNITS
    return Distribution(
        n=len(known),
        lowest=float(known[0]),
        highest=float(known[-1]),
        mean=Estimate(float(known.mean()), mean_interval(known) if many else None),
        median=Estimate(float(np.median(known)), median_interval(known) if many else None),
        sd=_resampled(known, _sd, seed, resamples),
        iqr=_resampled(known, _iqr, seed, resamples),
    )


def median_interval(values: Sequence[float] | Numbers) -> tuple[float, float] | None:
    """Exact interval for the median, of at least 95% whatever the distribution.

    From the (k + 1)-th smallest to the (k + 1)-th largest value, k the largest with
    2 * P(Binomial(n, 1/2) <= k) <= 5%. None under six values, which can't give 95%.
    Source: Thompson (1936), Ann Math Stat 7; Conover (1999), Practical Nonparametric Statistics.

    Conover's tables: of ten values the second smallest to the second largest (97.9%).

    >>> median_interval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    (2.0, 9.0)
    """
    known = np.sort(np.asarray(values, float))
    k = int(stats.binom.ppf((1 - CONFIDENCE) / 2, len(known), 0.5))
    if 2 * stats.binom.cdf(k, len(known), 0.5) > 1 - CONFIDENCE:
        k -= 1
    return (float(known[k]), float(known[-k - 1])) if k >= 0 else None


def mean_interval(values: Sequence[float] | Numbers) -> tuple[float, float]:
    """Student's 95% interval for the mean.

    >>> [round(end, 4) for end in mean_interval([1, 2, 3])]  # 2 -+ 4.3027 / sqrt(3)
    [-0.4841, 4.4841]
    """
    values = np.asarray(values, float)
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(values) - 1) * stats.sem(values))
    return float(values.mean() - half), float(values.mean() + half)


def _sd(values: Numbers) -> Numbers:
    return values.std(axis=-1, ddof=1)


def _iqr(values: Numbers) -> Numbers:
    high, low = np.quantile(values, (0.75, 0.25), axis=-1)
    return high - low


def _resampled(
    values: Numbers, statistic: Callable[[Numbers], Numbers], seed: int, resamples: int
) -> Estimate:
    """With a percentile interval over organisations drawn with replacement."""
    if len(values) < FEWEST_UNITS:
        return Estimate(float(statistic(values)), None)
    found = np.concatenate(
        [statistic(values[drawn]) for drawn in draws(len(values), resamples, seed)]
    )
    low, high = np.quantile(found, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return Estimate(float(statistic(values)), (float(low), float(high)))
