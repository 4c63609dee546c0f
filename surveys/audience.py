"""A list of people to ask, from a csv or xlsx file: read whole, or refused with every error named.

Rows are counted as a spreadsheet shows them: the header is row 1. Columns may stand in any order.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile
from people.enums import ORGANISATION_ROLES

REQUIRED = ("name", "email", "organisation")
OPTIONAL = ("language", "role", "department", "function")
MOST_BYTES = 2_000_000
MOST_UNPACKED = 40_000_000
MOST_ROWS = 5_000
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the file; `organisation` is its primary key."""

    name: str
    email: str
    organisation: int
    language: str = "nl"
    role: str = ""
    department: str = ""
    function: str = ""


def read_people(file: IO[bytes], name: str, organisations: Mapping[str, int]) -> list[Listed]:
    """The people of a file. `organisations` gives the primary key by code and by name, in lower
    case. Raises InvalidFile with every row that is wrong."""
    raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise InvalidFile([_("The file is larger than 2 MB.")])
    rows = _sheet(raw) if name.lower().endswith(".xlsx") else _text(raw)
    header = _header(next(iter(rows), (0, []))[1])
    errors: list[str] = []
    people: list[Listed] = []
    seen: dict[str, int] = {}
    for number, cells in rows[1:]:
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        wrong = list(_wrong(row, organisations))
        first = seen.setdefault(row.get("email", "").lower(), number)
        if first != number:
            wrong.append(_("the address stands in row %(first)d already") % {"first": first})
        if wrong:
            errors.append(_("Row %(row)d: %(wrong)s.") % {"row": number, "wrong": "; ".join(wrong)})
        else:
            people.append(_listed(row, organisations))
    if errors:
        raise InvalidFile(errors)
    if not people:
        raise InvalidFile([_("There is nobody in the file.")])
    return people


def _header(cells: list[str]) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    missing = [column for column in REQUIRED if column not in header]
    strange = [column for column in header if column and column not in REQUIRED + OPTIONAL]
    if missing or strange or len(set(header)) < len(header):
        expected = ", ".join(REQUIRED) + " (" + ", ".join(OPTIONAL) + ")"
        raise InvalidFile(
            [
                _("Row 1: the columns must be %(expected)s, and are %(found)s.")
                % {"expected": expected, "found": ", ".join(header)[:200]}
            ]
        )
    return header


def _wrong(row: Mapping[str, str], organisations: Mapping[str, int]) -> Iterator[str]:
    """What is wrong with a row, in words."""
    if not row.get("name"):
        yield _("a name is missing")
    try:
        validate_email(row.get("email", ""))
    except ValidationError:
        yield _("“%(email)s” is not an e-mail address") % {"email": row.get("email", "")[:60]}
    if row.get("organisation", "").lower() not in organisations:
        yield _("“%(name)s” doesn't take part in the round") % {
            "name": row.get("organisation", "")[:60]
        }
    if row.get("language", "") not in ("", "nl", "en"):
        yield _("the language must be nl or en")
    if row.get("role", "") not in ("", *ORGANISATION_ROLES):
        yield _("the role must be participant or management")
    if any(len(value) > LONGEST for value in row.values()):
        yield _("a value is longer than 120 characters")


def _listed(row: Mapping[str, str], organisations: Mapping[str, int]) -> Listed:
    return Listed(
        name=row["name"],
        email=row["email"].lower(),
        organisation=organisations[row["organisation"].lower()],
        language=row.get("language") or "nl",
        role=row.get("role", ""),
        department=row.get("department", "")[:80],
        function=row.get("function", "")[:80],
    )


def _text(raw: bytes) -> list[tuple[int, list[str]]]:
    """The rows of a csv file; what separates its columns is seen from its first line."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFile([_("The file is not UTF-8. Save it as “CSV UTF-8”.")]) from error
    if "\0" in text:
        raise InvalidFile([_("The file has null bytes; is it a text file?")])
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        return _numbered(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InvalidFile([_("Not valid csv: %(error)s.") % {"error": error}]) from error


def _sheet(raw: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet of an xlsx file. Values only: a formula counts as what it was
    when the file was saved. A file that unpacks to much more than a list of people is refused."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only where a sheet is read

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise InvalidFile([_("The file is too large once it is unpacked.")])
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        cells = book.worksheets[0].iter_rows(values_only=True)
        return _numbered(["" if cell is None else str(cell) for cell in row] for row in cells)
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise InvalidFile([_("This is not an Excel file (.xlsx) that can be read.")]) from error


def _numbered(rows: Iterable[list[str]]) -> list[tuple[int, list[str]]]:
    """Rows with their number; an empty row is none."""
    numbered = []
    for number, cells in enumerate(rows, start=1):
        if any(cell.strip() for cell in cells):
            numbered.append((number, cells))
        if number > MOST_ROWS + 1:
            raise InvalidFile([_("At most 5,000 people can be asked by one file.")])
    return numbered
