"""How reliable a single figure is, and how much a chosen group changes by that alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ExpectedChange:
    """`expected` is the change, in the figure's unit, of a group that nothing was done with."""

    reliability: float
    of_the_mean: float
    expected: float


def reliability_of_figure(values: Numbers) -> float | None:
    """Share of the variance of one figure that stays from period to period: ICC(C,1).

    (MS_rows - MS_error) / (MS_rows + (k - 1) * MS_error) of n organisations by k periods, the
    common change of periods taken out; 0 where it comes out negative. Only rows without a gap.
    None for fewer than two periods, three rows, or without any variance.
    Source: Shrout and Fleiss (1979), Psychol Bull 86, ICC(3,1); McGraw and Wong (1996).

    Shrout and Fleiss, table 2 and 4: 0.71.

    >>> judges = ["9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7"]
    >>> round(reliability_of_figure(np.array([row.split() for row in judges], dtype=float)), 2)
    0.71
    """
    known = values[np.isfinite(values).all(axis=1)]
    rows, periods = known.shape
    if periods < 2 or rows < 3:
        return None
    centred = known - known.mean(axis=0)
    between = periods * float(np.sum(centred.mean(axis=1) ** 2)) / (rows - 1)
    left = centred - centred.mean(axis=1, keepdims=True)
    error = float(np.sum(left**2)) / ((rows - 1) * (periods - 1))
    total = between + (periods - 1) * error
    return max(0.0, (between - error) / total) if total > 0 else None


def of_mean(reliability: float, periods: int) -> float:
    """Reliability of the mean of several periods: k r / (1 + (k - 1) r).

    Source: Spearman (1910) and Brown (1910), Br J Psychol 3.

    >>> of_mean(0.6, 2)
    0.7499999999999999
    """
    return periods * reliability / (1 + (periods - 1) * reliability)


def expected_change(
    group_mean: float, mean_of_all: float, reliability: float, periods: int = 1
) -> ExpectedChange:
    """What a group that was chosen on its figure changes by, if nothing is done.

    (1 - r_k) * (mean of all - mean of the group), r_k the reliability of the mean of k periods.
    Source: Galton (1886); Davis (1976), Am J Epidemiol 104.

    By hand: a group 10 below the mean with reliability 0.6 rises by 4 of itself.

    >>> expected_change(40, 50, 0.6).expected
    4.0
    """
    reliable = of_mean(reliability, periods)
    return ExpectedChange(reliability, reliable, (1 - reliable) * (mean_of_all - group_mean))
