"""An Excel workbook: the data on one sheet, what the columns mean on another."""

from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput
from core.formulas import STARTS_A_FORMULA
from surveys.exporting.delimited import Step
from surveys.exporting.table import Column, Table
from surveys.exporting.variables import MISSING_WORDS, TOKENS, Kind, Missing

MOST_ROWS = 1_048_575
"""A sheet has 1,048,576 rows, one of which is the header."""
LONGEST_CELL = 32_767
CHUNK = 5_000


def write_xlsx(table: Table, path: Path, *, language: str, step: Step) -> None:
    """Write the workbook, a row at a time. Raises InvalidInput when a sheet can't hold it."""
    if table.rows > MOST_ROWS:
        raise InvalidInput(
            _("Excel holds %(most)s rows on a sheet and this has %(rows)s; take CSV or Parquet.")
            % {"most": f"{MOST_ROWS:,}", "rows": f"{table.rows:,}"}
        )
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": table.title[language], "author": "Benchlearn"})
        _write_data(book, table, step)
        _write_variables(book, table, language)


def _write_data(book: Any, table: Table, step: Step) -> None:
    sheet = book.add_worksheet(_("Answers"))
    bold = book.add_format({"bold": True})
    writer = _Writer(sheet, book.add_format({"quote_prefix": True}))
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(table.columns):
        writer.text(0, at, column.variable.code, bold)
    for start, stop in table.chunks(CHUNK):
        columns = [column.plain(start, stop) for column in table.columns]
        kinds = [column.variable.kind for column in table.columns]
        for row, values in enumerate(zip(*columns, strict=True), start=start + 1):
            for at, value in enumerate(values):
                writer.value(row, at, value, kinds[at])
        step(stop / table.rows)


class _Writer:
    """Cells of one sheet. A text stays a text, whatever it starts with, also when it is edited."""

    def __init__(self, sheet: Any, quoted: Any) -> None:
        self.sheet, self.quoted = sheet, quoted

    def value(self, row: int, at: int, value: Any, kind: Kind) -> None:
        """A value, or the word for why there is none."""
        if isinstance(value, Missing):
            if TOKENS[value]:
                self.sheet.write_string(row, at, TOKENS[value])
        elif kind in (Kind.CODED, Kind.NUMBER):
            self.sheet.write_number(row, at, value)
        else:
            self.text(row, at, value)

    def text(self, row: int, at: int, text: str, look: Any = None) -> None:
        if text.startswith(STARTS_A_FORMULA):
            look = self.quoted
        self.sheet.write_string(row, at, text[:LONGEST_CELL], look)


def _write_variables(book: Any, table: Table, language: str) -> None:
    """A line a variable, and under it a line a value."""
    sheet = book.add_worksheet(_("Variables"))
    bold = book.add_format({"bold": True})
    writer = _Writer(sheet, book.add_format({"quote_prefix": True}))
    sheet.set_column(0, 0, 26)
    sheet.set_column(2, 2, 90)
    header = (_("Variable"), _("Value"), _("Meaning"), _("Construct"), _("Reversed"))
    for at, word in enumerate(header):
        writer.text(0, at, word, bold)
    row = 1
    for column in table.columns:
        variable = column.variable
        words = (variable.code, "", variable.label_in(language), variable.construct)
        for at, word in enumerate((*words, _("yes") if variable.reversed else "")):
            writer.text(row, at, word)
        for value, meaning in _meanings(column, language):
            row += 1
            writer.text(row, 1, value)
            writer.text(row, 2, meaning)
        row += 1
    for note in table.notes:
        writer.text(row + 1, 2, note)
        row += 1


def _meanings(column: Column, language: str) -> list[tuple[str, str]]:
    labels = column.variable.value_labels(language)
    known = [(str(value), label) for value, label in labels.items()]
    kinds = column.kinds_of_missing
    return known + [(TOKENS[kind], MISSING_WORDS[kind][language]) for kind in kinds]
