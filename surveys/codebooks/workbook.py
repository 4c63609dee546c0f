"""A codebook as a workbook: a row a variable, its values in one cell with “;” between."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core.csvfiles import InvalidFile
from surveys.codebooks.checking import MOST_VARIABLES, TEXTS, Checking
from surveys.codebooks.json_file import ALSO_CALLED
from surveys.codebooks.spec import VariableSpec
from surveys.formats.reading import check_workbook

NEEDED = ("code", "meaning", "level", "values")
COLUMNS = (*NEEDED, "meaning_en", "several", "dimension", *TEXTS)


def read_workbook(raw: bytes) -> list[VariableSpec]:
    """The variables of the first sheet of an .xlsx. Raises InvalidFile."""
    # openpyxl loads numpy where it is: only who brings a workbook pays for that.
    import openpyxl  # noqa: PLC0415

    check_workbook(raw)
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True, max_row=MOST_VARIABLES + 2))
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise InvalidFile([_("The file is no .xlsx workbook, or it is damaged.")]) from error
    header = _header(rows[0] if rows else ())
    checking = Checking()
    for number, row in enumerate(rows[1:], start=2):
        if any(cell not in (None, "") for cell in row):
            named = {name: cell for name, cell in zip(header, row, strict=False) if name}
            checking.add(_("row %d") % number, named)
    return checking.done()


def _header(row: Iterable[Any]) -> list[str]:
    """The name of each column. Raises InvalidFile for one unknown, missing or there twice."""
    said = ["" if cell is None else str(cell).strip().lower() for cell in row]
    header = [ALSO_CALLED.get(name, name) for name in said]
    errors = [
        _("row 1, %s: a codebook has no such column.") % name[:60]
        for name in header
        if name and name not in COLUMNS
    ]
    errors += [_("row 1: the column “%s” is missing.") % n for n in NEEDED if n not in header]
    errors += [
        _("row 1: the column “%s” is there twice.") % n for n in COLUMNS if header.count(n) > 1
    ]
    if errors:
        raise InvalidFile(errors)
    return header


def write_workbook(variables: Iterable[VariableSpec]) -> bytes:
    """The codebook as a workbook that `read_workbook` reads back the same. Every cell is text, so
    that no program takes “--” or “=” for a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("codebook")
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    for place, name in enumerate(COLUMNS):
        sheet.write_string(0, place, name, bold)
    for number, spec in enumerate(variables, start=1):
        for place, name in enumerate(COLUMNS):
            sheet.write_string(number, place, _cell(spec, name), wrap)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(COLUMNS) - 1, 24)
    book.close()
    return out.getvalue()


def _cell(spec: VariableSpec, name: str) -> str:
    value = getattr(spec, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(value) if isinstance(value, tuple) else value
