"""A strict reader of csv files: exact header, UTF-8, allowed values, no row twice.

Whoever writes a file is told everything that is wrong with it at once, with file and row, in
words; a file with one error is not read at all. Rows are counted as a spreadsheet shows them: the
header is row 1.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from core.exceptions import InvalidInput

MAXIMUM_BYTES = 5_000_000
SHOWN_ERRORS = 20

type Check = Collection[str] | re.Pattern[str] | Callable[[str], str | None]
"""Allowed values, a pattern to match in full, or a function that says what is wrong (or None)."""


class InvalidFile(InvalidInput):
    """A file that can't be read; `errors` names each thing that is wrong."""

    def __init__(self, errors: list[str]) -> None:
        more = len(errors) - SHOWN_ERRORS
        shown = errors[:SHOWN_ERRORS] + ([_("... and %d more") % more] if more > 0 else [])
        super().__init__("\n".join(shown))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: its values by column, and where it stands."""

    file: str
    number: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    @property
    def text(self) -> str:
        """The row as it stands in the file."""
        return ",".join(self.values.values())

    @property
    def place(self) -> str:
        """File and row, as a source: "ratings.csv, row 4"."""
        return f"{self.file}, row {self.number}"


def read_csv(
    path: Path, columns: Mapping[str, Check], *, unique: Collection[str] = ()
) -> list[CsvRow]:
    """All rows of a file whose header is exactly these columns, in this order.

    `unique` names the columns that together may occur once. Raises InvalidFile.
    """
    lines = list(_parsed(path))
    header = [name for name, _check in columns.items()]
    if not lines or lines[0][1] != header:
        found = ",".join(lines[0][1]) if lines else ""
        raise InvalidFile(
            [
                _("%(file)s, row 1: the header must be “%(expected)s” and is “%(found)s”.")
                % {"file": path.name, "expected": ",".join(header), "found": found[:200]}
            ]
        )
    errors: list[str] = []
    rows: list[CsvRow] = []
    for number, fields in lines[1:]:
        if len(fields) != len(header):
            errors.append(_wrong_length(path, number, len(fields), len(header)))
            continue
        row = CsvRow(path.name, number, dict(zip(header, fields, strict=True)))
        errors += _wrong_values(row, columns)
        rows.append(row)
    errors += _duplicates(rows, unique)
    if errors:
        raise InvalidFile(errors)
    return rows


def _parsed(path: Path) -> list[tuple[int, list[str]]]:
    """Row number and fields of each row; an empty row is none."""
    text = _decoded(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        for number, fields in enumerate(reader, start=1):
            if fields:
                rows.append((number, fields))
    except csv.Error as error:
        raise InvalidFile(
            [
                _("%(file)s, row %(row)d: not valid csv (%(error)s).")
                % {"file": path.name, "row": reader.line_num, "error": error}
            ]
        ) from error
    return rows


def _decoded(path: Path) -> str:
    """The text of a file: UTF-8, with or without a byte order mark, and no null bytes."""
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            raise InvalidFile([_("%(file)s: larger than 5 MB.") % {"file": path.name}])
        raw = path.read_bytes()
    except OSError as error:
        raise InvalidFile(
            [
                _("%(file)s: can't be read (%(error)s).")
                % {"file": path, "error": error.strerror or error}
            ]
        ) from error
    if b"\0" in raw:
        raise InvalidFile([_("%(file)s: has null bytes; is it a text file?") % {"file": path.name}])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise InvalidFile(
            [
                _("%(file)s, row %(row)d: not UTF-8. Save the file as “CSV UTF-8”.")
                % {"file": path.name, "row": row}
            ]
        ) from error


def _wrong_length(path: Path, number: int, found: int, expected: int) -> str:
    return _("%(file)s, row %(row)d: has %(found)d values instead of %(expected)d.") % {
        "file": path.name,
        "row": number,
        "found": found,
        "expected": expected,
    }


def _wrong_values(row: CsvRow, columns: Mapping[str, Check]) -> list[str]:
    """What is wrong with each value of a row."""
    said = []
    for column, check in columns.items():
        wrong = what_is_wrong(row[column], check)
        if wrong:
            said.append(
                _("%(place)s: “%(value)s” can't be a value of %(column)s; %(wrong)s")
                % {
                    "place": _place(row),
                    "value": row[column][:60],
                    "column": column,
                    "wrong": wrong,
                }
            )
    return said


def what_is_wrong(value: str, check: Check) -> str | None:
    """Why a value isn't allowed, or None when it is."""
    if isinstance(check, re.Pattern):
        return None if check.fullmatch(value) else _("it must look like %s.") % check.pattern
    if callable(check):
        return check(value)
    return None if value in check else _("allowed: %s.") % ", ".join(sorted(check))


def _duplicates(rows: list[CsvRow], unique: Collection[str]) -> list[str]:
    """Rows that say again what an earlier one said."""
    seen: dict[tuple[str, ...], int] = {}
    said = []
    for row in rows if unique else ():
        key = tuple(row[column] for column in unique)
        if key in seen:
            said.append(
                _("%(place)s: says again what row %(first)d says (%(key)s).")
                % {"place": _place(row), "first": seen[key], "key": ", ".join(key)}
            )
        seen.setdefault(key, row.number)
    return said


def _place(row: CsvRow) -> str:
    return _("%(file)s, row %(row)d") % {"file": row.file, "row": row.number}
