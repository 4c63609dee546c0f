"""Association between two variables of few units, without assuming a distribution.

The unit is the organisation, there are few of them, and values are ranks or names. So: an exact
or permutation test, an effect size, an interval by resampling organisations, and with five or
fewer units no p-value at all. What can't be computed says why instead of giving a number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from evaluation.measures.bootstrap import bootstrap_interval
from evaluation.measures.drawing import CHUNK
from evaluation.measures.resampling import RESAMPLES, SEED
from evaluation.measures.tables import Tables

FEWEST_UNITS = 6
"""With five or fewer units the data are shown and nothing is tested."""
MOST_UNITS = 2_000
ROUNDING = 1e-9
"""Two probabilities that differ by less are the same."""

type Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Association:
    """An effect size with its interval and its p-value; `interval` is None where resampling
    can't give one, and `method` then says why."""

    measure: str
    value: float
    interval: tuple[float, float] | None
    p: float
    method: str


@dataclass(frozen=True, slots=True)
class NoAssociation:
    """Why nothing was computed: `few`, `constant` or `many`."""

    reason: str


def why_not(rows: Sequence[int], columns: Sequence[int]) -> NoAssociation | None:
    """What stands in the way of an association, if anything. Raises ValueError for unequal
    lengths."""
    if len(rows) != len(columns):
        raise ValueError("as many rows as columns")
    if len(rows) < FEWEST_UNITS:
        return NoAssociation("few")
    if len(set(rows)) < 2 or len(set(columns)) < 2:
        return NoAssociation("constant")
    if len(rows) > MOST_UNITS:
        return NoAssociation("many")
    return None


def in_one_order(x: Sequence[float], y: Sequence[float]) -> tuple[Numbers, Numbers]:
    """The same units whichever variable is named first and in whatever order they come.

    Draws go by position, so without this one table laid on its side would give another p and
    another interval: two answers to one question.

    >>> [part.tolist() for part in in_one_order([2, 1, 1], [5, 7, 6])]
    [[1.0, 1.0, 2.0], [6.0, 7.0, 5.0]]
    >>> [part.tolist() for part in in_one_order([7, 5, 6], [1, 2, 1])]
    [[1.0, 1.0, 2.0], [6.0, 7.0, 5.0]]
    """
    units = min(sorted(zip(x, y, strict=True)), sorted(zip(y, x, strict=True)))
    first, second = np.array(units, dtype=float).T
    return first, second


# --- Two ordered variables ----------------------------------------------------------------------


def kendall_tau_b(x: Sequence[float] | Numbers, y: Sequence[float] | Numbers) -> float:
    """Kendall's tau-b: pairs in the same order less those in the opposite, over what ties allow.

    tau_b = (C - D) / sqrt((P - T_x)(P - T_y)), with P all pairs and T_x, T_y those tied in x, in y.
    Without unit, from -1 to 1; nan where a variable is constant.
    Source: Kendall (1945), The treatment of ties in ranking problems, Biometrika 33.

    By hand: of the 6 pairs, 4 agree, none disagrees, 1 is tied in x and 1 in y: 4 / sqrt(5 * 5).

    >>> round(kendall_tau_b([1, 1, 2, 3], [1, 2, 3, 3]), 10)
    0.8
    """
    signs_x, signs_y = _signs(x), _signs(y)
    untied = float(np.sum(np.abs(signs_x))) * float(np.sum(np.abs(signs_y)))
    return float(np.sum(signs_x * signs_y)) / untied**0.5 if untied else float("nan")


def _signs(values: Sequence[float] | Numbers) -> Numbers:
    """-1, 0 or 1 for every ordered pair of units."""
    array = np.asarray(values, dtype=float)
    return np.sign(array[:, None] - array[None, :])


def ordinal_association(
    x: Sequence[int], y: Sequence[int], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Association | NoAssociation:
    """Kendall's tau-b with a permutation p (two-sided) and a bootstrap interval over units.

    The p-value is that of C - D under re-pairing of x and y: ties, and so tau-b's denominator,
    are the same in every pairing. Two-sided is twice the smaller tail, at most 1. With as few
    units as 6 or 7 all pairings are gone through and p is exact; otherwise p counts the observed
    pairing among the resamples, so that it is never 0.

    >>> ordinal_association([1, 2, 3], [1, 2, 3])
    NoAssociation(reason='few')
    >>> found = ordinal_association([1, 1, 2, 2, 3, 3, 3], [1, 2, 1, 2, 2, 3, 3], resamples=999)
    >>> found.measure, round(found.value, 4)
    ('kendall_tau_b', 0.625)
    """
    obstacle = why_not(x, y)
    if obstacle is not None:
        return obstacle
    first, second = in_one_order(x, y)
    tables = Tables.of(first, second)
    balance = _balance_by_tables(tables, second) if tables.are_small else _balance_by_pairs(second)
    tested = stats.permutation_test(
        (first,),
        balance,
        permutation_type="pairings",
        vectorized=True,
        batch=CHUNK if tables.are_small else 1,
        n_resamples=resamples,
        alternative="two-sided",
        rng=np.random.default_rng(seed),
    )
    value = kendall_tau_b(first, second)
    interval, how = bootstrap_interval(
        first,
        second,
        kendall_tau_b,
        value,
        seed=seed,
        resamples=resamples,
        by_lines=tables.tau_b if tables.are_small else None,
    )
    pairings = len(tested.null_distribution)
    method = (
        f"Kendall's tau-b; two-sided permutation test, {_of_pairings(pairings, resamples, seed)}; "
        f"{how}"
    )
    return Association("kendall_tau_b", value, interval, float(tested.pvalue), method)


def _balance_by_tables(tables: Tables, second: Numbers) -> Callable[..., Numbers]:
    """Concordant less discordant pairs of each line of permuted units."""

    def balance(permuted: Numbers, axis: int) -> Numbers:
        found = tables.balance(tables.counted(permuted, second)) / 2
        return found.reshape(permuted.shape[:-1])

    return balance


def _balance_by_pairs(second: Numbers) -> Callable[..., Numbers]:
    """The same from all pairs of units, where almost every value is another."""
    signs = _signs(second)

    def balance(permuted: Numbers, axis: int) -> Numbers:
        lines = np.atleast_2d(permuted)
        found = np.array([np.sum(_signs(line) * signs) / 2 for line in lines])
        return found.reshape(permuted.shape[:-1])

    return balance


def _of_pairings(pairings: int, resamples: int, seed: int) -> str:
    exact = pairings < resamples
    return f"all {pairings} pairings" if exact else f"{resamples} resamples, seed {seed}"


# --- Names --------------------------------------------------------------------------------------


def cramers_v(rows: Sequence[float] | Numbers, columns: Sequence[float] | Numbers) -> float:
    """Cramér's V: how far two names go together, from 0 to 1.

    V = sqrt(chi2 / (n * (min(r, c) - 1))), with chi2 that of Pearson, without correction, over the
    r rows and c columns that occur. Without unit; nan where a variable is constant. V is never
    negative, so in few units it is above 0 by chance alone, and so is its interval.
    Source: Cramér (1946), Mathematical Methods of Statistics, 21.4.

    By hand: chi2 of [[3, 1], [1, 3]] is 8 * (9 - 1)^2 / 4^4 = 2, so V = sqrt(2 / 8).

    >>> cramers_v([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 1, 1, 1])
    0.5
    """
    table = crosstabulate(rows, columns)
    smallest = min(table.shape) - 1
    if smallest == 0:
        return float("nan")
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / table.sum()
    chi2 = float(np.sum((table - expected) ** 2 / expected))
    return (chi2 / (float(table.sum()) * smallest)) ** 0.5


def crosstabulate(rows: Sequence[float] | Numbers, columns: Sequence[float] | Numbers) -> Numbers:
    """Counts of every pair of values that occur.

    >>> crosstabulate([1, 1, 5], [2, 3, 3]).tolist()
    [[1.0, 1.0], [0.0, 1.0]]
    """
    row_values, row_index = np.unique(np.asarray(rows), return_inverse=True)
    column_values, column_index = np.unique(np.asarray(columns), return_inverse=True)
    table = np.zeros((len(row_values), len(column_values)))
    np.add.at(table, (row_index, column_index), 1)
    return table


def nominal_association(
    rows: Sequence[int], columns: Sequence[int], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Association | NoAssociation:
    """Cramér's V with a Fisher-Freeman-Halton p (exact for two by two, else by 10,000 tables with
    the same margins) and a bootstrap interval over units.

    >>> found = nominal_association([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 1, 1, 1])
    >>> found.measure, found.value, round(found.p, 4)
    ('cramers_v', 0.5, 0.4857)
    """
    obstacle = why_not(rows, columns)
    if obstacle is not None:
        return obstacle
    first, second = in_one_order(rows, columns)
    table = crosstabulate(first, second).astype(int)
    p, tested = _fisher_freeman_halton(table, seed=seed, resamples=resamples)
    value = cramers_v(first, second)
    tables = Tables.of(first, second)
    interval, how = bootstrap_interval(
        first,
        second,
        cramers_v,
        value,
        seed=seed,
        resamples=resamples,
        by_lines=tables.cramers_v if tables.are_small else None,
    )
    return Association("cramers_v", value, interval, p, f"Cramér's V; {tested}; {how}")


def _fisher_freeman_halton(
    table: NDArray[np.int_], *, seed: int, resamples: int
) -> tuple[float, str]:
    if table.shape == (2, 2):
        return float(stats.fisher_exact(table).pvalue), "Fisher's exact test, two-sided"
    margins = stats.random_table(table.sum(axis=1), table.sum(axis=0))
    drawn = margins.rvs(size=resamples, random_state=np.random.default_rng(seed))
    # With the margins fixed, a table is the rarer the larger the product of its factorials.
    observed = -float(special.gammaln(table + 1.0).sum())
    as_rare = int(np.sum(-special.gammaln(drawn + 1.0).sum(axis=(1, 2)) <= observed + ROUNDING))
    # The observed table counts as one of those drawn, so that p is never 0.
    p = (as_rare + 1) / (resamples + 1)
    tested = f"{resamples} random tables with these margins, seed {seed}"
    return p, f"Fisher-Freeman-Halton test, {tested}"
