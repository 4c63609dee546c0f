"""Sums and sums of products of complete cases: all that means, deviations and alpha are made of.

They can be counted by a database, or here, a chunk of rows at a time; of whole numbers they are
exact however many rows there are.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched

CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Moments:
    """Of `n` complete cases by k items: Σx of each item, and Σxy of each pair (k rows of k)."""

    n: int
    sums: tuple[float, ...]
    products: tuple[tuple[float, ...], ...]

    @property
    def items(self) -> int:
        """How many items there are (k)."""
        return len(self.sums)

    def scatter(self, one: int, other: int) -> float:
        """n Σxy - Σx Σy: the covariance times n(n - 1), and exact for whole numbers."""
        return self.n * self.products[one][other] - self.sums[one] * self.sums[other]

    def mean(self, item: int) -> float | None:
        """The mean of an item; None of no cases."""
        return self.sums[item] / self.n if self.n else None

    def sd(self, item: int) -> float | None:
        """The standard deviation of an item, with n - 1; None of fewer than two cases."""
        if self.n < 2:
            return None
        return math.sqrt(max(self.scatter(item, item), 0) / (self.n * (self.n - 1)))

    def turned(self, item: int, ends: float) -> "Moments":
        """The same cases with an item turned around: x becomes `ends` - x, the scale's lowest and
        highest value together (6 on a scale of 1 to 5)."""
        products = [list(row) for row in self.products]
        square = self.n * ends**2 - 2 * ends * self.sums[item] + self.products[item][item]
        for other, total in enumerate(self.sums):
            turned = ends * total - self.products[item][other]
            products[item][other] = products[other][item] = turned
        products[item][item] = square
        sums = list(self.sums)
        sums[item] = self.n * ends - sums[item]
        return Moments(self.n, tuple(sums), tuple(map(tuple, products)))


def moments_of(rows: Iterable[Sequence[float]]) -> Moments:
    """The moments of a table of complete cases, each a sequence of k numbers.

    Raises ValueError when rows are not equally long, or there is no row. An array will do as well;
    rows are read once, and never held all at a time.

    >>> moments_of([(1, 2), (3, 5)])
    Moments(n=2, sums=(4, 7), products=((10, 17), (17, 29)))
    """
    found: Moments | None = None
    for chunk in batched(rows, CHUNK):
        part = _of_chunk(chunk)
        found = part if found is None else _together(found, part)
    if found is None:
        raise ValueError("no rows")
    return found


def _of_chunk(rows: Sequence[Sequence[float]]) -> Moments:
    columns = list(zip(*rows, strict=True))
    products = [[0.0] * len(columns) for _column in columns]
    for one, column in enumerate(columns):
        for other in range(one, len(columns)):
            product = math.sumprod(column, columns[other])
            products[one][other] = products[other][one] = product
    return Moments(len(rows), tuple(map(sum, columns)), tuple(map(tuple, products)))


def _together(one: Moments, other: Moments) -> Moments:
    return Moments(
        one.n + other.n,
        tuple(map(sum, zip(one.sums, other.sums, strict=True))),
        tuple(
            tuple(map(sum, zip(left, right, strict=True)))
            for left, right in zip(one.products, other.products, strict=True)
        ),
    )
