"""The report as docx, to edit. Imports python-docx: only for commands that compute."""

import io
from typing import TYPE_CHECKING

from benchmarks.models import Programme
from evaluation.report.document import Block, Document, Figures, Paragraph, Points, Table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


def render_word(document: Document, programme: Programme) -> bytes:
    """The document as docx in the language of the moment: headings, lists and real tables."""
    import docx  # noqa: PLC0415 - loads lxml and a template

    word = docx.Document()
    word.core_properties.title = document.title
    word.core_properties.author = "Benchlearn"
    word.add_heading(document.title, 0)
    word.add_paragraph(document.lead)
    kind = str(programme.get_kind_display())
    word.add_paragraph(f"{document.period}. {programme.publication} ({kind})")
    for sentence in document.answer:
        word.add_paragraph(sentence, style="List Bullet")
    for section in document.sections:
        word.add_heading(section.title, 1)
        for block in section.blocks:
            _add(word, block)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _add(word: "WordDocument", block: Block) -> None:
    """One block; a chart is left to its table, which stands below it."""
    if isinstance(block, Paragraph):
        word.add_paragraph(block.text)
    elif isinstance(block, Points):
        for item in block.items:
            word.add_paragraph(item, style="List Bullet")
    elif isinstance(block, Figures):
        for each in block.items:
            text = f"{each.number} {each.label} ({each.note})"
            word.add_paragraph(text, style="List Bullet")
    elif isinstance(block, Table):
        _add_table(word, block)


def _add_table(word: "WordDocument", block: Table) -> None:
    word.add_heading(block.title, 2)
    table = word.add_table(rows=1, cols=len(block.header))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, block.header, strict=True):
        cell.text = text
    for row in block.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if value is None else str(value)
    word.add_paragraph(f"n = {block.n}. {block.source}" if block.n else block.source)
