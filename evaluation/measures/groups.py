"""Difference between two groups of organisations, and between more than two."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from evaluation.measures.drawing import draws, orders
from evaluation.measures.resampling import RESAMPLES, SEED

type Numbers = NDArray[np.float64]

FEWEST_UNITS = 6
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect size with its interval (None where resampling gives none) and its p-value."""

    measure: str
    value: float
    interval: tuple[float, float] | None
    p: float
    n: int
    method: str


@dataclass(frozen=True, slots=True)
class NoEffect:
    """Why nothing was computed: `few`, `constant` or `one_group`."""

    reason: str


def cliffs_delta(first: Sequence[float] | Numbers, second: Sequence[float] | Numbers) -> float:
    """How often a unit of the first group is above one of the second, less how often below.

    delta = (#(x > y) - #(x < y)) / (n_x * n_y), from -1 to 1, without unit.
    Source: Cliff (1993), Psychol Bull 114.

    By hand: of 6 pairs 4 are above, 1 is below.

    >>> cliffs_delta([2, 3, 5], [1, 3])
    0.5
    """
    above = np.sign(np.asarray(first, float)[:, None] - np.asarray(second, float)[None, :])
    return float(above.mean())


def mann_whitney(
    first: Sequence[float], second: Sequence[float], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Effect | NoEffect:
    """Cliff's delta with a permutation p of the rank sum, ties and all, and a bootstrap interval.

    All divisions into two groups are gone through where there are no more than `resamples`
    (p is exact), else as many are drawn. Two-sided: as far from its expectation or farther.
    Source: Mann and Whitney (1947), Ann Math Stat 18; Wilcoxon (1945) for the rank sum.

    By hand: of the 20 ways to choose 3 of 6, the one in perfect order and its opposite.

    >>> found = mann_whitney([1, 2, 3], [4, 5, 6])
    >>> found.value, found.p
    (-1.0, 0.1)
    """
    x, y = np.asarray(first, float), np.asarray(second, float)
    together = np.concatenate([x, y])
    obstacle = _why_not(together, (len(x), len(y)))
    if obstacle:
        return obstacle
    ranks = stats.rankdata(together)
    sums, how = _rank_sums(ranks, len(x), seed, resamples)
    centre = len(x) * (len(together) + 1) / 2
    observed = abs(float(ranks[: len(x)].sum()) - centre)
    p = float(np.mean(np.abs(sums - centre) >= observed - 1e-9))
    interval = _interval_of_delta(x, y, seed, resamples)
    return Effect("cliffs_delta", cliffs_delta(x, y), interval, p, len(together), how)


def _why_not(values: Numbers, sizes: Sequence[int]) -> NoEffect | None:
    if len(values) < FEWEST_UNITS:
        return NoEffect("few")
    if min(sizes) == 0:
        return NoEffect("one_group")
    return NoEffect("constant") if np.ptp(values) == 0 else None


def _rank_sums(ranks: Numbers, size: int, seed: int, resamples: int) -> tuple[Numbers, str]:
    """The rank sum of the first group under every division, or under those drawn."""
    ways = comb(len(ranks), size)
    if ways <= resamples:
        chosen = np.array(list(combinations(range(len(ranks)), size)), dtype=int)
        return ranks[chosen].sum(axis=1), f"rank sum, all {ways} divisions"
    drawn = [ranks[order[:, :size]].sum(axis=1) for order in orders(len(ranks), resamples, seed)]
    return np.concatenate(drawn), f"rank sum, {resamples} divisions, seed {seed}"


def _interval_of_delta(
    x: Numbers, y: Numbers, seed: int, resamples: int
) -> tuple[float, float] | None:
    """95% percentile interval, units drawn within each group; None if it never varies."""
    signs = np.sign(x[:, None] - y[None, :])
    found = []
    for one, other in zip(
        draws(len(x), resamples, seed), draws(len(y), resamples, seed + 1), strict=True
    ):
        weights, others = _times_drawn(one), _times_drawn(other)
        found.append(np.sum((weights @ signs) * others, axis=1) / signs.size)
    values = np.concatenate(found)
    if np.ptp(values) < 1e-12:
        return None
    low, high = np.quantile(values, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return float(low), float(high)


def _times_drawn(drawn: NDArray[np.int_]) -> Numbers:
    """How often each unit was drawn, a row a resample."""
    rows, units = drawn.shape
    places = drawn + units * np.arange(rows)[:, None]
    counted = np.bincount(places.ravel(), minlength=rows * units)
    return counted.reshape(rows, units).astype(float)


def kruskal_wallis(
    groups: Sequence[Sequence[float]], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Effect | NoEffect:
    """Epsilon squared of several groups, with a permutation p of Kruskal and Wallis's H.

    epsilon^2 = H / (n - 1): the share of the ranks' variance between groups, 0 to 1.
    H = (n - 1) * sum(n_g * (mean rank_g - (n + 1) / 2)^2) / sum((rank - (n + 1) / 2)^2), ties
    included. No interval: a share that is never negative has none that is honest in few units.
    Source: Kruskal and Wallis (1952), JASA 47; Tomczak and Tomczak (2014), Trends Sport Sci 1.

    >>> found = kruskal_wallis([[1, 2], [3, 4], [5, 6]])
    >>> round(found.value, 4), round(found.p, 4)  # 6 of 90 divisions are in order, one way or other
    (0.9143, 0.0667)
    """
    together = np.concatenate([np.asarray(group, float) for group in groups])
    obstacle = _why_not(together, [len(group) for group in groups])
    if obstacle:
        return obstacle
    ranks = stats.rankdata(together) - (len(together) + 1) / 2
    member = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    inside = (member[:, None] == np.arange(len(groups))) / np.sqrt(np.bincount(member))
    found = np.concatenate(
        [
            np.sum((ranks[order] @ inside) ** 2, axis=1)
            for order in orders(len(ranks), resamples, seed)
        ]
    )
    value = float(found[0] / np.sum(ranks**2))
    p = float(np.mean(found >= found[0] - 1e-9))
    return Effect("epsilon_squared", value, None, p, len(together), "Kruskal-Wallis, permutation")
