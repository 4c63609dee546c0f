"""A table of responses, column by column: small whole numbers where they will do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from surveys.exporting.variables import Kind, Missing, Variable

type Array = np.ndarray[Any, Any]


@dataclass(slots=True)
class Column:
    """A variable with its data, a value a row.

    `values` holds whole numbers (coded), floats (number), days since 1970-01-01 (date), texts
    (text), or indices into `categories` (category); it means nothing where `missing` isn't 0.
    """

    variable: Variable
    values: Array
    missing: Array
    categories: Sequence[str] = ()

    @property
    def kinds_of_missing(self) -> list[Missing]:
        """Which kinds of missing occur, besides what was left open."""
        found = np.unique(self.missing)
        kinds = (Missing(int(code)) for code in found)
        return [kind for kind in kinds if kind not in (Missing.PRESENT, Missing.NOT_ANSWERED)]

    def plain(self, start: int, stop: int) -> list[Any]:
        """Values of some rows as Python objects, a `Missing` where there is none."""
        values = self._objects(self.values[start:stop])
        missing = self.missing[start:stop]
        for row in np.flatnonzero(missing):
            values[row] = Missing(int(missing[row]))
        return values

    def _objects(self, values: Array) -> list[Any]:
        if self.variable.kind == Kind.CATEGORY:
            return [self.categories[code] for code in values.tolist()]
        if self.variable.kind == Kind.DATE:
            return [str(day) for day in values.astype("datetime64[D]")]
        if self.variable.kind == Kind.NUMBER:
            return [int(value) if value == int(value) else value for value in values.tolist()]
        return list(values.tolist())


@dataclass(slots=True)
class Table:
    """Columns of equal length, and what they are about."""

    title: dict[str, str]
    columns: list[Column]
    rows: int
    notes: list[str] = field(default_factory=list)

    def chunks(self, size: int) -> Iterator[tuple[int, int]]:
        """Ranges of at most `size` rows that together are all rows."""
        for start in range(0, self.rows, size):
            yield start, min(start + size, self.rows)


def text_column(variable: Variable, texts: Sequence[str]) -> Column:
    """A column of texts; an empty one is what was left open."""
    values = np.array(texts, dtype=object)
    missing = np.fromiter(
        (Missing.PRESENT if text else Missing.NOT_ANSWERED for text in texts), np.int8, len(texts)
    )
    return Column(variable, values, missing)


def full_column(variable: Variable, values: Array, categories: Sequence[str] = ()) -> Column:
    """A column without missing values."""
    return Column(variable, values, np.zeros(len(values), np.int8), categories)
