"""What coders coded: rows with one value a coder, None where that coder gave none."""

from collections.abc import Hashable, Sequence
from typing import Any

type Unit = Sequence[Hashable | None]


def given_values(row: Unit) -> list[Hashable]:
    """The values of a unit that were given.

    >>> given_values(("a", None, "b"))
    ['a', 'b']
    """
    return [value for value in row if value is not None]


def paired_units(units: Sequence[Unit]) -> list[Unit]:
    """The units with values of at least two coders. Raises ValueError for unequal rows."""
    if len({len(row) for row in units}) > 1:
        raise ValueError("each unit has a place for each coder")
    return [row for row in units if len(given_values(row)) > 1]


def ranks_of(values: set[Any], order: Sequence[Hashable] | None) -> dict[Any, int]:
    """Where each value stands in the order, or sorted. Raises ValueError for one outside it.

    >>> ranks_of({"high", "low"}, ("low", "middle", "high"))
    {'low': 0, 'middle': 1, 'high': 2}
    """
    listed = list(order) if order is not None else sorted(values)
    if not values <= set(listed):
        raise ValueError("a value that is not in the order")
    return {value: rank for rank, value in enumerate(listed)}
