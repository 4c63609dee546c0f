"""What a report is made of, whatever it is shown as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from evaluation.report.plots import Plot

type Scalar = str | int | float | None


class Sentence(str):
    """A sentence that leads to the table its numbers are in, and says no more than its grade.

    `table` is "" where there is none, `table_title` is how that table is called; `grade` is that of
    the finding it tells, "" for no finding.
    """

    table: str
    table_title: str
    grade: str

    def __new__(
        cls, text: str, table: str = "", grade: str = "", table_title: str = ""
    ) -> "Sentence":
        made = super().__new__(cls, text)
        made.table, made.grade, made.table_title = table, grade, table_title
        return made

    def leading_into(self, tables: "Mapping[str, Table]") -> "Sentence":
        """The same sentence, leading to its table if that is there."""
        table = tables.get(self.table)
        return Sentence(self, self.table if table else "", self.grade, table.title if table else "")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `tone` is text, muted or notice."""

    text: str
    tone: str = "text"
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]
    kind: str = "points"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it means."""

    number: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Some numbers beside one another."""

    items: tuple[Figure, ...]
    kind: str = "figures"


LONG = 20
"""Rows that a reader still sees at a glance."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its n and where it comes from. `id` leads to its records, where it has any."""

    id: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    source: str
    n: int | None = None
    has_records: bool = False
    has_page: bool = True
    kind: str = "table"

    @property
    def is_long(self) -> bool:
        """A page folds it up until somebody wants to read it."""
        return len(self.rows) > LONG

    @property
    def body(self) -> SafeString:
        """The rows as HTML. A report of a hundred indicators has ten thousand cells, and a loop in
        a template takes ten times as long for them."""
        return mark_safe("".join(map(_row, self.rows)))  # noqa: S308 - each cell is escaped


def _row(cells: tuple[Scalar, ...]) -> str:
    first, *others = (escape(c if isinstance(c, str) else localize(c)) for c in cells)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table that stands below it; `title` says what it shows. `plot` is what a page
    draws of it; a file has the picture."""

    id: str
    title: str
    alt: str
    plot: Plot | None = None
    kind: str = "chart"


type Block = Paragraph | Points | Figures | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report in one language."""

    title: str
    lead: str
    answer: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    period: str
    reader: str = "evaluator"
    tables: dict[str, Table] = field(init=False)

    def __post_init__(self) -> None:
        found = {
            block.id: block
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Table)
        }
        object.__setattr__(self, "tables", found)


def linked(document: Document, tables: Mapping[str, Table]) -> Document:
    """The document whose sentences lead to these tables, as far as they are there."""
    return replace(
        document,
        answer=tuple(each.leading_into(tables) for each in document.answer),
        sections=tuple(
            replace(part, blocks=tuple(_linked(block, tables) for block in part.blocks))
            for part in document.sections
        ),
    )


def _linked(block: Block, tables: Mapping[str, Table]) -> Block:
    if not isinstance(block, Points):
        return block
    return Points(
        tuple(
            each.leading_into(tables) if isinstance(each, Sentence) else each
            for each in block.items
        )
    )


def section(id_: str, title: str, blocks: Sequence[Block | None]) -> Section | None:
    """A section of the blocks that are there; None when there is none."""
    there = tuple(block for block in blocks if block is not None)
    return Section(id_, title, there) if there else None
