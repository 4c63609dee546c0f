"""Two ordered or named variables of few values, laid beside each other many times at once.

A resample of units changes nothing but how many stand in each cell, so a thousand of them are a
thousand small tables. All counts are whole numbers: the results are those of one pair at a time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]

MOST_CELLS = 1_600
"""With more the tables would be larger than the lists of units."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The values that may occur, in order; each becomes a row or a column."""

    rows: Numbers
    columns: Numbers

    @classmethod
    def of(cls, x: Numbers, y: Numbers) -> "Tables":
        return cls(np.unique(x), np.unique(y))

    @property
    def are_small(self) -> bool:
        """Is counting cells less work than going through all pairs of units?"""
        return len(self.rows) * len(self.columns) <= MOST_CELLS

    def counted(self, x: Numbers, y: Numbers) -> Numbers:
        """The counts of each line of units: shape (lines, rows, columns).

        `x` has a line of units each, `y` too, or one line that goes with all.

        >>> tables = Tables.of(np.array([1.0, 2, 2]), np.array([5.0, 5, 7]))
        >>> tables.counted(np.array([[1.0, 2, 2], [2, 1, 2]]), np.array([5.0, 5, 7])).tolist()
        [[[1.0, 0.0], [1.0, 1.0]], [[1.0, 0.0], [1.0, 1.0]]]
        """
        lines = np.atleast_2d(x)
        shape = (len(lines), len(self.rows), len(self.columns))
        cells = np.searchsorted(self.rows, lines) * shape[2] + np.searchsorted(self.columns, y)
        places = cells + shape[1] * shape[2] * np.arange(len(lines))[:, None]
        found = np.bincount(places.ravel(), minlength=int(np.prod(shape)))
        return found.reshape(shape).astype(float)

    def balance(self, counts: Numbers) -> Numbers:
        """Concordant less discordant pairs of each table, every pair counted both ways.

        >>> tables = Tables.of(np.array([1.0, 2]), np.array([1.0, 2]))
        >>> tables.balance(np.array([[[2.0, 0], [1, 3]]])).tolist()
        [12.0]
        """
        return np.sum(counts * (_signs(self.rows) @ counts @ _signs(self.columns).T), axis=(1, 2))

    def tau_b(self, x: Numbers, y: Numbers) -> Numbers:
        """`kendall_tau_b` of each line; nan where a variable is constant.

        >>> x, y = np.array([1.0, 1, 2, 3]), np.array([1.0, 2, 3, 3])
        >>> Tables.of(x, y).tau_b(x[None, :], y[None, :]).round(10).tolist()
        [0.8]
        """
        counts = self.counted(x, y)
        pairs = counts.sum(axis=(1, 2)) ** 2
        untied = [pairs - np.sum(counts.sum(axis=side) ** 2, axis=1) for side in (1, 2)]
        return _over(self.balance(counts), np.sqrt(untied[0] * untied[1]))

    def cramers_v(self, x: Numbers, y: Numbers) -> Numbers:
        """`cramers_v` of each line, over the values that occur in it; nan where one is constant.

        >>> x = np.array([0.0, 0, 0, 0, 1, 1, 1, 1])
        >>> y = np.array([0.0, 0, 0, 1, 0, 1, 1, 1])
        >>> Tables.of(x, y).cramers_v(x[None, :], y[None, :]).tolist()
        [0.5]
        """
        counts = self.counted(x, y)
        across, down = counts.sum(axis=2), counts.sum(axis=1)
        total = across.sum(axis=1)
        expected = across[:, :, None] * down[:, None, :] / total[:, None, None]
        chi2 = np.sum(_over((counts - expected) ** 2, expected, otherwise=0.0), axis=(1, 2))
        smallest = np.minimum((across > 0).sum(axis=1), (down > 0).sum(axis=1)) - 1
        return np.sqrt(_over(chi2, total * smallest))


def _signs(values: Numbers) -> Numbers:
    return np.sign(values[:, None] - values[None, :])


def _over(part: Numbers, whole: Numbers, *, otherwise: float = float("nan")) -> Numbers:
    """The quotient, and something else where the whole is nothing."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), otherwise)
