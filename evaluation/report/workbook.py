"""The report as an xlsx workbook: the words on the first sheet, a sheet for each table."""

import io
import re

import xlsxwriter
from django.utils.translation import gettext as _

from benchmarks.models import Programme
from evaluation.report.document import Document, Figures, Paragraph, Points, Section, Table

FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\']")
SAFE_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""A text is a text, whatever it starts with: "=1+1" in a name never becomes a formula."""


def render_workbook(document: Document, programme: Programme) -> bytes:
    """The document as xlsx in the language of the moment."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, SAFE_OPTIONS) as book:
        book.set_properties({"title": document.title, "author": "Benchlearn"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        title = book.add_format({"bold": True, "font_size": 16})
        formats = (title, bold, plain)
        _write_words(book.add_worksheet(_("Report")), document, programme, formats)
        taken = {_("Report").casefold()}
        for table in document.tables.values():
            _write_table(book.add_worksheet(_sheet_name(table, taken)), table, formats)
    return target.getvalue()


type Formats = tuple[object, object, object]


def _write_words(
    sheet: "xlsxwriter.worksheet.Worksheet",
    document: Document,
    programme: Programme,
    formats: Formats,
) -> None:
    """Everything that is said, below one another; tables are named with their sheets."""
    title, bold, plain = formats
    lines: list[tuple[str, object]] = [(document.title, title), (document.lead, plain)]
    lines.append((f"{document.period}. {programme.publication}", plain))
    lines.append((str(programme.get_kind_display()), plain))
    lines += [("", plain), (_("The answer"), bold)]
    lines += [(sentence, plain) for sentence in document.answer]
    for section in document.sections:
        lines += [("", plain), (section.title, bold)]
        lines += [(text, plain) for text in _texts(section)]
    sheet.set_column(0, 0, 110)
    for row, (text, look) in enumerate(lines):
        sheet.write_string(row, 0, text, look)


def _texts(section: Section) -> list[str]:
    """The words of a section's blocks."""
    found: list[str] = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Points):
            found += block.items
        elif isinstance(block, Figures):
            found += [f"{each.number} {each.label} ({each.note})" for each in block.items]
        elif isinstance(block, Table):
            found.append(_("Table: %(title)s") % {"title": block.title})
    return found


def _write_table(sheet: "xlsxwriter.worksheet.Worksheet", table: Table, formats: Formats) -> None:
    title, bold, plain = formats
    sheet.write_string(0, 0, table.title, title)
    sheet.write_string(1, 0, f"n = {table.n}. {table.source}" if table.n else table.source)
    for column, word in enumerate(table.header):
        sheet.write_string(3, column, word, bold)
    for number, row in enumerate(table.rows, start=4):
        for column, value in enumerate(row):
            if isinstance(value, (int, float)):
                sheet.write_number(number, column, value, plain)
            else:
                sheet.write_string(number, column, value or "", plain)
    sheet.set_column(0, len(table.header) - 1, 26)
    sheet.freeze_panes(4, 1)


def _sheet_name(table: Table, taken: set[str]) -> str:
    """A name that a sheet may have: at most 31 characters, none forbidden, once."""
    base = FORBIDDEN_IN_NAME.sub(" ", table.title).strip()[:28] or "-"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base} {number}", number + 1
    taken.add(name.casefold())
    return name
