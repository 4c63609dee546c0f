"""Comma-separated values: UTF-8, codes as values, and no cell that a spreadsheet would compute."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.formulas import harmless
from surveys.exporting.table import Table
from surveys.exporting.variables import TOKENS, Kind, Missing

CHUNK = 20_000
type Step = Callable[[float], None]
"""Told how far the work is, from 0 to 1; may raise to stop it."""


def write_csv(table: Table, path: Path, *, language: str, step: Step) -> None:
    """Write all rows, with the codes of the variables as header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([harmless(column.variable.code) for column in table.columns])
        for start, stop in table.chunks(CHUNK):
            writer.writerows(zip(*cells(table, start, stop), strict=True))
            step(stop / table.rows)


def cells(table: Table, start: int, stop: int) -> list[list[Any]]:
    """Some rows, a list a column: numbers as numbers, texts harmless, missing ones as words."""
    return [_column(table.columns[at], start, stop) for at in range(len(table.columns))]


def _column(column: Any, start: int, stop: int) -> list[Any]:
    values = column.plain(start, stop)
    is_text = column.variable.kind in (Kind.TEXT, Kind.CATEGORY)
    if not is_text and not column.missing[start:stop].any():
        return list(values)
    return [
        TOKENS[value] if isinstance(value, Missing) else harmless(value) if is_text else value
        for value in values
    ]
