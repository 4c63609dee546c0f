"""A tolerant reader of tables that people make: csv (comma, semicolon or tab) and xlsx.

Columns may stand in any order. Rows are counted as a spreadsheet shows them: the header is row 1.
What a column may hold is for whoever reads the rows; csvfiles.py is the strict reader.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS = 200_000
DELIMITERS = ",;\t"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the names of its columns in lower case, and its rows with their number."""

    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]]

    def dictionaries(self) -> Iterable[tuple[int, dict[str, str]]]:
        """Each row by column, with its number."""
        for number, cells in self.rows:
            yield number, dict(zip(self.header, cells, strict=True))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, or striking, and where: row as a spreadsheet shows it, and column."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        where = _("row %(row)d") % {"row": self.row}
        if self.column:
            where = _("row %(row)d, %(column)s") % {"row": self.row, "column": self.column}
        return f"{where}: {self.text}"


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises InvalidFile when it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        said = {"file": path, "error": error.strerror or error}
        raise InvalidFile([_("%(file)s: can't be read (%(error)s).") % said]) from error


def read_sheet(name: str, raw: bytes) -> Sheet:
    """The first table of a csv or xlsx file, every row as wide as its header, without empty rows.

    Raises InvalidFile when it can't be read, or when its header is empty or says a name twice.
    """
    if len(raw) > MOST_BYTES:
        raise InvalidFile([_("%(file)s: larger than 20 MB.") % {"file": name}])
    lines = _of_xlsx(name, raw) if raw.startswith(ZIP) else _of_csv(name, raw)
    if not lines:
        raise InvalidFile([_("%(file)s: there is nothing in it.") % {"file": name}])
    header = [cell.strip().casefold() for cell in lines[0][1]]
    while header and not header[-1]:
        header.pop()
    twice = sorted({each for each in header if header.count(each) > 1})
    if twice:
        said = {"file": name, "columns": ", ".join(f"“{each}”" for each in twice)}
        raise InvalidFile([_("%(file)s, row 1: these columns stand twice: %(columns)s.") % said])
    return Sheet(name, header, _even(name, lines[1:], len(header)))


def _even(name: str, lines: list[tuple[int, list[str]]], width: int) -> list[tuple[int, list[str]]]:
    """Rows as wide as the header; a value beyond it is an error."""
    errors, rows = [], []
    for number, cells in lines:
        if any(cells[width:]):
            said = {"file": name, "row": number}
            errors.append(_("%(file)s, row %(row)d: has more values than columns.") % said)
        rows.append((number, [*cells[:width], *[""] * (width - len(cells))]))
    if errors:
        raise InvalidFile(errors)
    return rows


def _of_csv(name: str, raw: bytes) -> list[tuple[int, list[str]]]:
    if b"\0" in raw:
        raise InvalidFile([_("%(file)s: has null bytes; is it a text file?") % {"file": name}])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        said = {"file": name, "row": row}
        raise InvalidFile(
            [_("%(file)s, row %(row)d: not UTF-8. Save the file as “CSV UTF-8”.") % said]
        ) from error
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _numbered(name, reader)
    except csv.Error as error:
        said = {"file": name, "row": reader.line_num, "error": error}
        raise InvalidFile(
            [_("%(file)s, row %(row)d: not valid csv (%(error)s).") % said]
        ) from error


def _of_xlsx(name: str, raw: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet, as values: a formula counts as what it was when the file was saved."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only where a sheet is read

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise InvalidFile([_("%(file)s: too large once it is unpacked.") % {"file": name}])
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        cells = book.worksheets[0].iter_rows(values_only=True)
        return _numbered(name, ([_written(cell) for cell in row] for row in cells))
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        said = {"file": name}
        raise InvalidFile(
            [_("%(file)s: not an Excel file (.xlsx) that can be read.") % said]
        ) from error


def _written(cell: Any) -> str:
    """A cell as somebody would type it: 2024, not 2024.0; a day as 2024-01-31."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _numbered(name: str, rows: Iterable[list[str]]) -> list[tuple[int, list[str]]]:
    """Rows with their number and without spaces around values; an empty row is none."""
    numbered = []
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            said = {"file": name, "rows": MOST_ROWS}
            raise InvalidFile([_("%(file)s: has more than %(rows)d rows.") % said])
        values = [cell.strip() for cell in cells]
        if any(values):
            numbered.append((number, values))
    return numbered
