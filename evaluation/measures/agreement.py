"""Agreement between coders who read the same passages without seeing each other's values.

A unit is what was coded (an organisation, a passage, a character), and its row has one value a
coder, None where that coder gave none. Percentage, kappa and alpha are plain Python; only the
interval needs numpy, which is imported where it computes.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from evaluation.measures.alpha import Level, alpha_interval, krippendorff_alpha
from evaluation.measures.resampling import RESAMPLES, SEED
from evaluation.measures.units import Unit, given_values, paired_units, ranks_of

type Weights = Literal["none", "linear", "quadratic"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is known of the agreement on one variable; None where it can't be said.

    `units` are those with values of at least two coders; `kappa` is there for two coders only,
    and `weights` says how it was weighted. `why` tells why there is no alpha or no interval:
    `few`, `constant`, `unstable` or "".
    """

    units: int
    coders: int
    percent: float | None
    kappa: float | None
    weights: Weights
    alpha: float | None
    alpha_interval: tuple[float, float] | None
    why: str


def agreement(
    units: Sequence[Unit],
    *,
    level: Level = "nominal",
    order: Sequence[Hashable] | None = None,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Agreement:
    """All measures of one variable at once; an ordinal variable gets linear weights.

    `order` lists the values of an ordinal variable, lowest first; without it values are sorted.
    Raises ValueError for rows of unequal length or a value that is not in the order.

    >>> both, one, other, neither = ("y", "y"), ("y", "n"), ("n", "y"), ("n", "n")
    >>> found = agreement([both] * 50 + [one] * 50 + [other] * 50 + [neither] * 850, resamples=99)
    >>> found.percent, round(found.kappa, 3), round(found.alpha, 3)
    (0.9, 0.444, 0.445)
    """
    paired = paired_units(units)
    weights: Weights = "none" if level == "nominal" else "linear"
    coders = len(units[0]) if units else 0
    alpha = krippendorff_alpha(paired, level=level, order=order)
    interval, why = alpha_interval(paired, level=level, order=order, seed=seed, resamples=resamples)
    kappa = None
    if coders == 2:
        kappa = cohen_kappa(
            [row[0] for row in paired], [row[1] for row in paired], weights=weights, order=order
        )
    return Agreement(
        len(paired), coders, percent_agreement(paired), kappa, weights, alpha, interval, why
    )


def percent_agreement(units: Sequence[Unit]) -> float | None:
    """Share of pairs of values of the same unit that are equal, from 0 to 1; None without pairs.

    For two coders this is the share of units on which they agree.

    >>> percent_agreement([("a", "a"), ("a", "b"), ("b", "b"), ("b", None)])
    0.6666666666666666
    """
    pairs = [pair for row in paired_units(units) for pair in combinations(given_values(row), 2)]
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else None


# --- Two coders: kappa --------------------------------------------------------------------------


def cohen_kappa(
    first: Sequence[Hashable | None],
    second: Sequence[Hashable | None],
    *,
    weights: Weights = "none",
    order: Sequence[Hashable] | None = None,
) -> float | None:
    """Cohen's kappa of two coders: agreement beyond what their own frequencies would give.

    kappa = 1 - sum(w * observed) / sum(w * expected), with w = 0 on the diagonal and elsewhere 1
    (`none`), the distance in the order (`linear`) or its square (`quadratic`); without weights
    that is (p_o - p_e) / (1 - p_e). At most 1, 0 at chance; None where no disagreement is to be
    expected, as when both gave one value throughout. Units that either left out don't count.
    Raises ValueError for unequal lengths, or a value outside `order`.
    Source: Cohen (1960), Educ Psychol Meas 20; weighted: Cohen (1968), Psychol Bull 70.

    By hand: p_o = 3/4, p_e = 1/2 * 3/4 + 1/2 * 1/4 = 1/2, so kappa = (3/4 - 1/2) / (1 - 1/2).

    >>> cohen_kappa(["a", "a", "b", "b"], ["a", "a", "a", "b"])
    0.5
    """
    pairs = [
        (one, other)
        for one, other in zip(first, second, strict=True)
        if one is not None and other is not None
    ]
    rank = ranks_of({value for pair in pairs for value in pair}, order)
    table = Counter((rank[one], rank[other]) for one, other in pairs)
    power = {"none": 0, "linear": 1, "quadratic": 2}[weights]
    return weighted_kappa(table, lambda row, column: float(abs(row - column) ** power))


def weighted_kappa(
    table: Mapping[tuple[int, int], int], disagreement: Callable[[int, int], float]
) -> float | None:
    """Kappa of a table of counts under any weights of disagreement; 0 is taken on the diagonal.

    >>> table = {(0, 0): 50, (0, 1): 50, (1, 0): 50, (1, 1): 850}
    >>> round(weighted_kappa(table, lambda row, column: 1.0), 3)
    0.444
    """
    rows: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    for (row, column), count in table.items():
        rows[row] += count
        columns[column] += count
    total = sum(rows.values())
    expected = sum(
        rows[row] * columns[column] * disagreement(row, column)
        for row in rows
        for column in columns
        if row != column
    )
    observed = sum(
        count * disagreement(row, column) for (row, column), count in table.items() if row != column
    )
    return 1 - observed * total / expected if expected else None
