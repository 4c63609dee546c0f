"""Krippendorff's alpha with its interval. Plain Python but for the interval, which takes numpy."""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import combinations, permutations
from typing import Any, Literal

from evaluation.measures.resampling import RESAMPLES, SEED
from evaluation.measures.units import Unit, given_values, paired_units, ranks_of

type Level = Literal["nominal", "ordinal", "interval", "ratio"]

FEWEST_UNITS = 6
"""With five or fewer units there is no interval: the codings are shown instead."""
CONFIDENCE = 0.95
MOST_UNUSABLE = 0.05
"""Share of resamples without disagreement to expect, above which no interval is given."""


def krippendorff_alpha(
    units: Sequence[Unit], *, level: Level = "nominal", order: Sequence[Hashable] | None = None
) -> float | None:
    """Krippendorff's alpha: 1 less observed over expected disagreement, missing values allowed.

    alpha = 1 - (n - 1) * sum(o_ck * d_ck) / sum(n_c * n_k * d_ck), over pairs of values c < k; o
    is the table of coincidences (each pair of values of a unit counts 1 / (m_u - 1), m_u the
    values it has), n_c its margins, n their sum. d is 1 (nominal), the square of the values
    between c and k counted with halves at the ends (ordinal), (c - k)^2 (interval) or
    ((c - k) / (c + k))^2 (ratio). At most 1, 0 at chance; None without pairs or when all values
    are the same. Interval and ratio values are numbers.
    Source: Krippendorff (2004), Content Analysis, 11.3; Computing alpha-reliability (2011).

    By hand: o_ab = 1 of n = 8 values, n_a = 5 and n_b = 3: 1 - 7 * 1 / (5 * 3).

    >>> round(krippendorff_alpha([("a", "a"), ("a", "a"), ("a", "b"), ("b", "b")]), 4)
    0.5333
    """
    paired = paired_units(units)
    values = _sorted_values(paired, order if level == "ordinal" else None)
    coincidences = sum((_coincidences(row) for row in paired), Counter())
    margins = [
        sum(count for pair, count in coincidences.items() if pair[0] == value) for value in values
    ]
    distance = _distances(values, margins, level)
    pairs = list(combinations(range(len(values)), 2))
    expected = sum(margins[c] * margins[k] * distance[c, k] for c, k in pairs)
    observed = sum(coincidences[values[c], values[k]] * distance[c, k] for c, k in pairs)
    return 1 - (sum(margins) - 1) * observed / expected if expected else None


def alpha_interval(
    units: Sequence[Unit],
    *,
    level: Level = "nominal",
    order: Sequence[Hashable] | None = None,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> tuple[tuple[float, float] | None, str]:
    """95% percentile interval of alpha by drawing units with replacement, or None and why.

    Observed and expected disagreement are both computed anew from the units drawn. `few`: five or
    fewer units; `constant`: alpha doesn't exist, or is the same in every resample; `unstable`: more
    than 5% of resamples have but one value and so no alpha.
    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, 13.3.

    >>> alpha_interval([("a", "b"), ("a", "a")])
    (None, 'few')
    >>> alpha_interval([("a", "a"), ("b", "b")] * 5)
    (None, 'constant')
    """
    paired = paired_units(units)
    if len(paired) < FEWEST_UNITS:
        return None, "few"
    whole = krippendorff_alpha(paired, level=level, order=order)
    if whole is None or whole == 1:
        return None, "constant"
    import numpy as np  # noqa: PLC0415 — only where it computes

    found = _resampled_alphas(paired, level, order, seed, resamples)
    usable = found[~np.isnan(found)]
    if len(usable) < (1 - MOST_UNUSABLE) * resamples:
        return None, "unstable"
    low, high = np.quantile(usable, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return (float(low), float(high)), ""


def _resampled_alphas(
    paired: Sequence[Unit],
    level: Level,
    order: Sequence[Hashable] | None,
    seed: int,
    resamples: int,
) -> Any:
    """Alpha of each resample; nan where only one value was drawn. Units with the same
    coincidences are drawn together, by a multinomial draw: a thousand characters are few kinds."""
    import numpy as np  # noqa: PLC0415 — only where it computes

    values = _sorted_values(paired, order if level == "ordinal" else None)
    kinds = Counter(frozenset(_coincidences(row).items()) for row in paired)
    tables = np.zeros((len(kinds), len(values), len(values)))
    place = {value: index for index, value in enumerate(values)}
    # Sets have no order of their own, and draws go by position.
    named = sorted((sorted((place[c], place[k], n) for (c, k), n in kind), kind) for kind in kinds)
    for number, (cells, _kind) in enumerate(named):
        for c, k, count in cells:
            tables[number, c, k] = count
    shares = np.array([kinds[kind] for _cells, kind in named]) / len(paired)
    drawn = np.random.default_rng(seed).multinomial(len(paired), shares, size=resamples)
    found = np.tensordot(drawn, tables, axes=1)
    margins = found.sum(axis=2)
    distance = _distance_tables(values, margins, level)
    observed = np.sum(found * distance, axis=(1, 2))
    expected = np.einsum("bc,bk,bck->b", margins, margins, distance)
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha = 1 - (margins.sum(axis=1) - 1) * observed / expected
    return np.where(expected > 0, alpha, np.nan)


def _distance_tables(values: Sequence[Any], margins: Any, level: Level) -> Any:
    """Squared distances for each resample: only those of an ordinal variable depend on it."""
    import numpy as np  # noqa: PLC0415 — only where it computes

    if level == "ordinal":
        middle = np.cumsum(margins, axis=1) - margins / 2
        return (middle[:, :, None] - middle[:, None, :]) ** 2
    table = np.zeros((len(values), len(values)))
    for (c, k), squared in _distances(values, [0.0] * len(values), level).items():
        table[c, k] = table[k, c] = squared
    return np.broadcast_to(table, (len(margins), *table.shape))


def _sorted_values(paired: Sequence[Unit], order: Sequence[Hashable] | None) -> list[Any]:
    """The values that occur, lowest first."""
    found = {value for row in paired for value in given_values(row)}
    return sorted(found, key=ranks_of(found, order).__getitem__)


def _coincidences(row: Unit) -> Counter[Any]:
    """How often each ordered pair of values occurs in a unit, each value counting once in all.

    A `Counter` because absent pairs are 0; the counts are fractions.
    """
    given = given_values(row)
    share: Any = 1 / (len(given) - 1)
    counted: Counter[Any] = Counter()
    for pair in permutations(given, 2):
        counted[pair] += share
    return counted


def _distances(
    values: Sequence[Any], margins: Sequence[float], level: Level
) -> dict[tuple[int, int], float]:
    """The squared distance of each two values, by their places."""

    def squared(c: int, k: int) -> float:
        if level == "nominal":
            return 1.0
        if level == "ordinal":
            return (sum(margins[c : k + 1]) - (margins[c] + margins[k]) / 2) ** 2
        if level == "interval":
            return float(values[c] - values[k]) ** 2
        total = values[c] + values[k]
        return float((values[c] - values[k]) / total) ** 2 if total else 0.0

    return {(c, k): squared(c, k) for c, k in combinations(range(len(values)), 2)}
