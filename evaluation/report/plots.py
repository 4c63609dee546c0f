"""What a chart on a page is made of: positions only, and no numbers.

Each mark stands for a row of the table below the chart, and what a reader is told of it is read
from that row, so that a chart never says more than its table.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a mark: where it begins and how wide it is, in percent of the axis."""

    kind: str
    x: float
    width: float = 0.0
    text: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of a chart; `row` is the place of its row in the table."""

    row: int
    label: str
    pieces: tuple[Piece, ...]
    value: str = ""

    @property
    def intervals(self) -> list[Piece]:
        return [each for each in self.pieces if each.kind == "interval"]


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart of lines; `table` is the table that has the same numbers, `zero` where nought is."""

    kind: str
    table: str
    marks: tuple[Mark, ...]
    zero: float | None = None
    ends: tuple[str, str] | None = None
    """What the two ends of the axis are."""
    heads: tuple[str, ...] = field(default=())
    """Above the columns of a grid."""
    keys: tuple[Piece, ...] = field(default=())
    """What each colour means."""
