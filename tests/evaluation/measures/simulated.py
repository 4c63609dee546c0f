"""Programmes that are made by chance, to see what the verdict makes of them.

41 organisations with a level of their own and luck in each figure; those in the weakest half at the
last period before acts act. Used by the tests with few runs and by `make bench` with 1,000.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from evaluation.measures.panel import NEVER
from evaluation.measures.verdict import Verdict, judge

ORGANISATIONS = 41
RELIABILITY = 0.6


@dataclass(frozen=True, slots=True)
class World:
    """What is true: periods before and after, the effect in sd of a figure, and what luck does."""

    periods: int
    effect: float = 0.0
    luck_goes_on: float = 0.0
    """Correlation of luck in one period with luck in the next."""
    converging: float = 0.0
    """Share of the distance to the mean that everybody loses after the cut, acting or not."""
    rising: float = 0.0
    """What the weak gain a period, all along, whether they act or not."""


def programme(world: World, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Figures (sd 1, higher is better) and the period from which each organisation acts."""
    cut = world.periods
    level = rng.normal(0, RELIABILITY**0.5, ORGANISATIONS)
    luck = rng.normal(0, 1, (ORGANISATIONS, 2 * cut))
    for period in range(1, 2 * cut):
        kept = world.luck_goes_on
        luck[:, period] = kept * luck[:, period - 1] + (1 - kept**2) ** 0.5 * luck[:, period]
    values = level[:, None] + (1 - RELIABILITY) ** 0.5 * luck
    values[:, cut:] -= world.converging * level[:, None]
    values += world.rising * (level < 0)[:, None] * np.arange(2 * cut)
    acts = values[:, cut - 1].argsort().argsort() < ORGANISATIONS // 2
    values[:, cut:] += world.effect * acts[:, None]
    return values, np.where(acts, cut, NEVER)


def verdicts(world: World, runs: int, *, resamples: int, seed: int = 1) -> list[Verdict]:
    """What the report says of so many programmes."""
    rng = np.random.default_rng(seed)
    return [judge(*programme(world, rng), seed=run, resamples=resamples) for run in range(runs)]


def called(world: World, runs: int, *, resamples: int, seed: int = 1) -> float:
    """Share of programmes in which improvement is called."""
    found = verdicts(world, runs, resamples=resamples, seed=seed)
    return sum(each.improved for each in found) / runs


def called_naively(world: World, runs: int, *, seed: int = 1) -> float:
    """Share in which a paired t-test of the weakest quarter before and after calls improvement."""
    rng, found = np.random.default_rng(seed), 0
    for _run in range(runs):
        values, _starts = programme(world, rng)
        cut = world.periods
        weakest = values[:, cut - 1].argsort()[: ORGANISATIONS // 4]
        before, after = values[weakest, cut - 1], values[weakest, cut]
        tested = stats.ttest_rel(after, before)
        found += bool(tested.pvalue < 0.05 and tested.statistic > 0)
    return found / runs
