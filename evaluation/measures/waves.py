"""Difference between waves: the same organisations, twice or more often."""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from evaluation.measures.drawing import draws, stream
from evaluation.measures.groups import FEWEST_UNITS, Effect, NoEffect
from evaluation.measures.resampling import RESAMPLES, SEED

type Numbers = NDArray[np.float64]
type Statistic = Callable[[Numbers], Numbers]

CONFIDENCE = 0.95
MOST_EXACT = 13
"""Up to 2^13 = 8,192 patterns of signs are gone through."""


def rank_biserial(before: Sequence[float], after: Sequence[float]) -> float:
    """Matched-pairs rank-biserial correlation: ranks of the rises less those of the falls.

    r = (R_plus - R_minus) / (R_plus + R_minus), over ranks of |after - before| of the units' own
    pairs, those without change left out; -1 to 1, 0 when nothing changed.
    Source: King, Rosopa and Minium (2011), Statistical Reasoning; Kerby (2014), Compr Psychol 3.

    By hand: rises rank 2 and 3, a fall ranks 1: (5 - 1) / 6.

    >>> round(rank_biserial([1, 1, 2], [3, 4, 1]), 4)
    0.6667
    """
    change = np.asarray(after, float) - np.asarray(before, float)
    return float(_biserial(change[None, :])[0])


def _biserial(changes: Numbers) -> Numbers:
    """For each row of changes; those without change have rank 0 here and don't count."""
    moved = changes != 0
    ranks = stats.rankdata(np.where(moved, np.abs(changes), 0), axis=1)
    ranks = np.where(moved, ranks - (~moved).sum(axis=1, keepdims=True), 0)
    total = ranks.sum(axis=1)
    return np.sum(np.sign(changes) * ranks, axis=1) / np.where(total > 0, total, 1)


def signed_rank(
    before: Sequence[float], after: Sequence[float], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Effect | NoEffect:
    """Rank-biserial correlation with Wilcoxon's signed-rank test, exact up to 13 changes.

    Under no change each unit's change might as well have had the other sign: all patterns of signs
    are gone through, or `resamples` are drawn; ties are ranked in the middle, no change is left
    out. Two-sided. The interval draws units with replacement (percentile).
    Source: Wilcoxon (1945), Biometrics Bulletin 1.

    By hand: six rises, no fall: 2 of 64 patterns.

    >>> found = signed_rank([1, 2, 3, 4, 5, 6], [2, 4, 6, 8, 10, 12])
    >>> found.value, found.p
    (1.0, 0.03125)
    """
    change = np.asarray(after, float) - np.asarray(before, float)
    if len(change) < FEWEST_UNITS:
        return NoEffect("few")
    moved = change[change != 0]
    if not len(moved):
        return NoEffect("constant")
    ranks = stats.rankdata(np.abs(moved))
    signs, how = _signs(np.sign(moved), seed, resamples)
    p = float(np.mean(np.abs(signs @ ranks) >= abs(float(np.sign(moved) @ ranks)) - 1e-9))
    value = rank_biserial(before, after)
    return Effect("rank_biserial", value, _interval(change, seed, resamples), p, len(change), how)


def _signs(observed: Numbers, seed: int, resamples: int) -> tuple[Numbers, str]:
    """All patterns of signs, or the observed one and those drawn, so that p is never 0."""
    units = len(observed)
    if units <= MOST_EXACT:
        return np.array(list(product((1.0, -1.0), repeat=units))), f"all {2**units} patterns"
    drawn = stream(seed, 0).choice((-1.0, 1.0), (resamples, units))
    return np.vstack([observed, drawn]), f"{resamples} patterns of signs, seed {seed}"


def _interval(change: Numbers, seed: int, resamples: int) -> tuple[float, float] | None:
    found = np.concatenate(
        [_biserial(change[drawn]) for drawn in draws(len(change), resamples, seed)]
    )
    if np.ptp(found) < 1e-12:
        return None
    low, high = np.quantile(found, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return float(low), float(high)


def friedman(
    table: Sequence[Sequence[float]], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Effect | NoEffect:
    """Kendall's W of units (rows) by waves (columns), with a permutation p of Friedman's test.

    W = sum((column sum of ranks - mean)^2) / its largest value with these ties, 0 (no wave stands
    out) to 1 (every unit has the waves in one order). Ranks are permuted within each unit.
    Source: Friedman (1937), JASA 32; Kendall and Babington Smith (1939), Ann Math Stat 10.

    >>> round(friedman([[1, 2, 3]] * 6).value, 10)
    1.0
    """
    return _within(table, "kendalls_w", seed, resamples)


def page(
    table: Sequence[Sequence[float]], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Effect | NoEffect:
    """Mean rank correlation with the order of the waves, with a permutation p of Page's L.

    L = sum(j * column sum of ranks_j); the effect is the units' mean Spearman correlation with the
    order, -1 to 1, two-sided. Ranks are permuted within each unit; the interval draws units.
    Source: Page (1963), JASA 58.

    >>> page([[1, 2, 3]] * 6).value
    1.0
    """
    return _within(table, "ordered_trend", seed, resamples)


def _within(
    table: Sequence[Sequence[float]], measure: str, seed: int, resamples: int
) -> Effect | NoEffect:
    values = np.asarray(table, float)
    if len(values) < FEWEST_UNITS:
        return NoEffect("few")
    ranks = stats.rankdata(values, axis=1) - (values.shape[1] + 1) / 2
    if not ranks.any():
        return NoEffect("constant")
    statistic: Statistic = _w if measure == "kendalls_w" else _trend
    found = _permuted(ranks, statistic, seed, resamples)
    observed = float(statistic(ranks[None])[0])
    p = float(np.mean(np.abs(np.append(found, observed)) >= abs(observed) - 1e-9))
    sampled = np.concatenate([statistic(ranks[d]) for d in draws(len(ranks), resamples, seed)])
    interval = None
    if measure == "ordered_trend" and np.ptp(sampled) > 1e-12:
        low, high = np.quantile(sampled, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
        interval = (float(low), float(high))
    how = f"{resamples} permutations within units, seed {seed}"
    return Effect(measure, observed, interval, p, len(values), how)


def _permuted(ranks: Numbers, statistic: Statistic, seed: int, resamples: int) -> Numbers:
    rng = stream(seed, 0)
    wide = np.broadcast_to(ranks, (resamples, *ranks.shape))
    return statistic(rng.permuted(wide, axis=2))


def _w(ranks: Numbers) -> Numbers:
    """Kendall's W of each table: squares of column sums over units times squares within."""
    between = np.sum(ranks.sum(axis=1) ** 2, axis=1)
    within = np.sum(ranks**2, axis=(1, 2))
    return between / np.where(within > 0, ranks.shape[1] * within, 1)


def _trend(ranks: Numbers) -> Numbers:
    order = np.arange(ranks.shape[2]) - (ranks.shape[2] - 1) / 2
    sizes = np.sqrt(np.sum(ranks**2, axis=2) * np.sum(order**2))
    return np.mean((ranks @ order) / np.where(sizes > 0, sizes, 1), axis=1)
