"""A file of answers, a response a row, read as a whole or not at all.

Columns are codes of items; `organisation` may stand beside them, and the column of an id. What is
wrong is told all at once, by row (as a spreadsheet counts them) and column.
"""

import csv
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile
from surveys.exporting.order import ENDING
from surveys.importing.cells import ONE_VALUE, OPEN, Wrong, read_other, read_value, values_of
from surveys.models import Item

ORGANISATION = "organisation"
MOST_BYTES = 1_000_000_000
MOST_ERRORS = 1_000
"""Enough to mend a file by; a file of a million wrong cells is wrong in one way."""
DELIMITERS = ",;\t"
LONGEST_ID = 200


@dataclass(slots=True)
class Sheet:
    """The answers of a file. `values` holds a code for each row and each item of one value, row
    after row; `others` the columns of the answers of other kinds, by item and row."""

    items: Sequence[Item]
    values: array
    others: dict[int, dict[int, tuple[Any, ...]]] = field(default_factory=dict)
    organisations: list[int | None] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    rows: int = 0


def read_sheet(
    path: Path,
    items: Sequence[Item],
    *,
    organisations: Mapping[str, int],
    id_column: str | None = None,
) -> Sheet:
    """Read a file whole. `organisations` are those that may be named, by code.

    Raises InvalidFile with everything that is wrong.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InvalidFile([_("%(file)s: larger than 1 GB.") % {"file": path.name}])
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _Reading(path, items, organisations, id_column).read(file)
    except OSError as error:
        message = _("%(file)s: can't be read (%(error)s).")
        raise InvalidFile([message % {"file": path, "error": error.strerror or error}]) from error
    except UnicodeDecodeError as error:
        message = _("%(file)s: not UTF-8. Save the file as “CSV UTF-8”.")
        raise InvalidFile([message % {"file": path.name}]) from error


class _Reading:
    """One file being read."""

    def __init__(
        self,
        path: Path,
        items: Sequence[Item],
        organisations: Mapping[str, int],
        id_column: str | None,
    ) -> None:
        self.path, self.id_column, self.known = path, id_column, organisations
        self.by_code = {item.code: item for item in items}
        self.errors: list[str] = []
        self.seen: dict[str, int] = {}

    def read(self, file: Any) -> Sheet:
        """The whole file."""
        first = file.readline()
        delimiter = max(DELIMITERS, key=first.count)
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            self._take_header(header)
            for number, row in self._rows(reader, len(header)):
                self._take(number, row)
        except csv.Error as error:
            self._wrong(reader.line_num, _("not valid csv (%(error)s)") % {"error": error})
        if not self.errors and not self.sheet.rows:
            self._wrong(2, _("there are no answers in this file"))
        if self.errors:
            raise InvalidFile(self.errors)
        return self.sheet

    def _wrong(self, row: int, message: str, column: str = "") -> None:
        place = _("%(file)s, row %(row)d") % {"file": self.path.name, "row": row}
        if column:
            place = _("%(place)s, column %(column)s") % {"place": place, "column": column}
        self.errors.append(f"{place}: {message}.")
        if len(self.errors) >= MOST_ERRORS:
            raise InvalidFile(self.errors)

    def _take_header(self, header: list[str]) -> None:
        """Which column is what; raises when a name is unknown, missing or there twice."""
        own = {self.id_column, ORGANISATION} - {None} - set(self.by_code)
        for name in dict.fromkeys(header):
            if header.count(name) > 1:
                self._wrong(1, _("this column is there twice"), name or "-")
            if name not in self.by_code and name not in own and not self._is_place(name):
                self._wrong(1, _("this is no item of the questionnaire"), name[:60] or "-")
        if self.id_column and self.id_column not in header:
            self._wrong(1, _("the column with the id is missing"), self.id_column)
        if not set(header) & set(self.by_code):
            self._wrong(1, _("no column is an item of the questionnaire"))
        if self.errors:
            raise InvalidFile(self.errors)
        places = {name: at for at, name in enumerate(header)}
        asked = [self.by_code[name] for name in header if name in self.by_code]
        self.simple = [item for item in asked if item.kind in ONE_VALUE]
        self.other = [(places[item.code], item) for item in asked if item.kind not in ONE_VALUE]
        self.allowed = [values_of(item) for item in self.simple]
        self.at = [places[item.code] for item in self.simple]
        self.at_id = places.get(self.id_column or "") if self.id_column else None
        self.at_organisation = None if ORGANISATION in self.by_code else places.get(ORGANISATION)
        self.sheet = Sheet(self.simple, array("i"), {item.pk: {} for _at, item in self.other})

    def _is_place(self, name: str) -> bool:
        """Is it what an export tells of the order of questions? Nothing is done with that."""
        return name.endswith(ENDING) and name.removesuffix(ENDING) in self.by_code

    def _rows(self, reader: Any, width: int) -> Iterator[tuple[int, list[str]]]:
        for number, row in enumerate(reader, start=2):
            if not row:
                continue
            if len(row) != width:
                message = _("has %(found)d values instead of %(expected)d")
                self._wrong(number, message % {"found": len(row), "expected": width})
                continue
            yield number, row

    def _take(self, number: int, row: list[str]) -> None:
        """One response; what is wrong with it is noted and the next is read."""
        wrong_before = len(self.errors)
        values = [allowed.get(row[at]) for allowed, at in zip(self.allowed, self.at, strict=True)]
        if None in values:
            values = [self._look(number, row, at) for at in range(len(self.at))]
        others = [self._other(number, row[at], item) for at, item in self.other]
        is_empty = all(value == OPEN for value in values) and not any(others)
        if is_empty and len(self.errors) == wrong_before:
            self._wrong(number, _("nothing was answered"))
        self.sheet.values.extend(values)
        for (_at, item), given in zip(self.other, others, strict=True):
            if given is not None:
                self.sheet.others[item.pk][self.sheet.rows] = given
        if self.at_organisation is not None:
            self._take_organisation(number, row[self.at_organisation].strip())
        if self.at_id is not None:
            self._take_id(number, row[self.at_id].strip())
        self.sheet.rows += 1

    def _look(self, number: int, row: list[str], at: int) -> int:
        item, cell = self.simple[at], row[self.at[at]]
        value = self.allowed[at].get(cell)
        if value is not None:
            return value
        try:
            return read_value(item, self.allowed[at], cell)
        except Wrong as wrong:
            self._refuse(number, cell, item.code, wrong)
            return OPEN

    def _other(self, number: int, cell: str, item: Item) -> tuple[Any, ...] | None:
        try:
            return read_other(item, cell)
        except Wrong as wrong:
            self._refuse(number, cell, item.code, wrong)
            return None

    def _refuse(self, number: int, cell: str, column: str, wrong: object) -> None:
        message = _("“%(cell)s” can't be an answer; %(why)s")
        self._wrong(number, message % {"cell": cell[:60], "why": wrong}, column)

    def _take_organisation(self, number: int, code: str) -> None:
        found = self.known.get(code)
        if code and found is None:
            self._refuse(number, code, ORGANISATION, _("no participant of the round has this code"))
        self.sheet.organisations.append(found)

    def _take_id(self, number: int, given: str) -> None:
        column = self.id_column or ""
        if not given or len(given) > LONGEST_ID:
            message = _("an id has 1 to %(most)d characters")
            self._wrong(number, message % {"most": LONGEST_ID}, column)
        elif given in self.seen:
            message = _("“%(id)s” stands in row %(first)d already")
            self._wrong(number, message % {"id": given[:60], "first": self.seen[given]}, column)
        self.seen.setdefault(given, number)
        self.sheet.ids.append(given)
