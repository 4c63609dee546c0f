"""Association of two ordered variables with a third held fixed or a common trend taken out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evaluation.measures.association import (
    Association,
    NoAssociation,
    Numbers,
    kendall_tau_b,
    why_not,
)
from evaluation.measures.drawing import draws, stream
from evaluation.measures.resampling import SEED

type Ranks = Sequence[float] | Numbers

CONFIDENCE = 0.95
MOST_UNUSABLE = 0.05


def partial_tau(x: Ranks, y: Ranks, held: Ranks) -> float:
    """Kendall's partial rank correlation: tau_b of x and y with `held` held fixed.

    (t_xy - t_xh * t_yh) / sqrt((1 - t_xh^2) * (1 - t_yh^2)); nan where undefined.
    Source: Kendall (1942), Biometrika 32.

    By hand, Kendall's formula with 0.8, 0.5 and 0.4: 0.6 / sqrt(0.75 * 0.84).

    >>> round(_partial(0.8, 0.5, 0.4), 4)
    0.7559
    """
    return _partial(kendall_tau_b(x, y), kendall_tau_b(x, held), kendall_tau_b(y, held))


def _partial(xy: float, xh: float, yh: float) -> float:
    left = (1 - xh**2) * (1 - yh**2)
    return (xy - xh * yh) / left**0.5 if left > 1e-12 else float("nan")


def partial_association(
    x: Sequence[int],
    y: Sequence[int],
    held: Sequence[int],
    *,
    seed: int = SEED,
    resamples: int = 2_000,
) -> Association | NoAssociation:
    """Partial tau-b; p by permuting x among units with the same value of the third variable.

    So `held` has few values, each with several units; where no unit has another to change with,
    there is `alone`. Two-sided; the observed pairing counts, so p is never 0. The interval draws
    units with replacement (percentile).

    >>> partial_association([1, 2, 3], [1, 2, 3], [1, 1, 2])
    NoAssociation(reason='few')
    """
    obstacle = why_not(x, y)
    if obstacle is not None:
        return obstacle
    columns = [np.asarray(column, float) for column in (x, y, held)]
    value = partial_tau(columns[0], columns[1], columns[2])
    if np.isnan(value):
        return NoAssociation("constant")
    permuted = _within_strata(columns[0], columns[2], seed, resamples)
    if permuted is None:
        return NoAssociation("alone")
    found = np.array([partial_tau(each, columns[1], columns[2]) for each in permuted])
    p = (1 + np.sum(np.abs(found) >= abs(value) - 1e-9)) / (resamples + 1)
    interval = _interval(columns, seed, resamples)
    how = f"Kendall's partial tau-b; {resamples} permutations within strata, seed {seed}"
    return Association("partial_tau_b", value, interval, float(p), how)


def _within_strata(x: Numbers, held: Numbers, seed: int, resamples: int) -> Numbers | None:
    """x, `resamples` times, moved among units with the same value of `held`."""
    _values, stratum = np.unique(held, return_inverse=True)
    if all(np.ptp(x[stratum == each]) == 0 for each in range(stratum.max() + 1)):
        return None
    rng = stream(seed, 0)
    found = np.tile(x, (resamples, 1))
    for each in range(stratum.max() + 1):
        places: NDArray[np.intp] = np.flatnonzero(stratum == each)
        found[:, places] = rng.permuted(found[:, places], axis=1)
    return found


def _interval(columns: list[Numbers], seed: int, resamples: int) -> tuple[float, float] | None:
    drawn = np.concatenate(list(draws(len(columns[0]), resamples, seed)))
    x, y, held = columns
    found = np.array([partial_tau(x[units], y[units], held[units]) for units in drawn])
    usable = found[~np.isnan(found)]
    if len(usable) < (1 - MOST_UNUSABLE) * resamples or np.ptp(usable) < 1e-12:
        return None
    low, high = np.quantile(usable, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return float(low), float(high)


def without_common_trend(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Units by waves, less each wave's mean: what all have in common is no relation.

    >>> without_common_trend(np.array([[1.0, 5.0], [3.0, 9.0]])).tolist()
    [[-1.0, -2.0], [1.0, 2.0]]
    """
    return values - np.nanmean(values, axis=0)
