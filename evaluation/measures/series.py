"""Long series: did the line break where an organisation began to act?"""

import numpy as np
from numpy.typing import NDArray

from evaluation.measures.change import Cell
from evaluation.measures.panel import NEVER, cuts, last_known

type Numbers = NDArray[np.float64]

FEWEST_ON_A_SIDE = 3


def interrupted(values: Numbers, starts: NDArray[np.intp]) -> list[Cell]:
    """How far each series after the cut lies above the line through its periods before.

    The mean of y - (a + b t) over the periods after, a and b by least squares over those before;
    three periods at least on each side. The last figure before is known, since a bad last figure
    bends the line down. Only series without a gap.
    Source: segmented regression, Wagner and others (2002), J Clin Pharm Ther 27; with a comparison
    group, Lopez Bernal and others (2018), Int J Epidemiol 47.

    By hand: 1, 2, 3 goes on as 4, 5, 6, and is 2 above that; 3, 2, 1 goes on as it was.

    >>> values = np.array([[1.0, 2, 3, 6, 7, 8], [3, 2, 1, 0, -1, -2]])
    >>> [cell] = interrupted(values, np.array([3, NEVER]))
    >>> [round(float(v), 10) + 0.0 for v in cell.outcome]
    [2.0, 0.0]
    """
    periods = np.arange(values.shape[1], dtype=float)
    usable = [
        at
        for at in cuts(values, starts)
        if FEWEST_ON_A_SIDE <= at <= values.shape[1] - FEWEST_ON_A_SIDE
    ]
    return [
        Cell(
            _above(values, periods, at),
            last_known(values[:, :at])[:, None],
            np.where(starts == at, 1.0, np.where(starts == NEVER, 0.0, np.nan)),
        )
        for at in usable
    ]


def _above(values: Numbers, periods: Numbers, at: int) -> Numbers:
    design = np.column_stack([np.ones(at), periods[:at]])
    weights = np.linalg.pinv(design)
    expected = np.array([1.0, float(periods[at:].mean())]) @ weights
    return values[:, at:].mean(axis=1) - values[:, :at] @ expected
