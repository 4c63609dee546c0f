"""What the results page draws: shares, and bars that diverge from neutral. Numbers only, no HTML.

A bar runs from -100 to 100 around the middle of the neutral answers, so that agreement pulls to
the right and disagreement to the left.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from surveys.enums import CONSTRUCTS, Occasion
from surveys.models import Wave
from surveys.results import Counts, ItemResult, add_counts, mean_of
from surveys.structure import AskedBlock, questionnaire

KINDS = ("disagree-2", "disagree-1", "neutral", "agree-1", "agree-2")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar, on the axis from 0 (all disagree) to 200 (all agree)."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with the numbers that stand beside it; `counts` is None where hidden."""

    label: str | Promise
    note: str | Promise
    counts: Counts | None
    not_applicable: int | None
    segments: tuple[Segment, ...]

    @property
    def n(self) -> int:
        return sum(self.counts or ())

    @property
    def disagree(self) -> int:
        return self._percent(0, 2)

    @property
    def neutral(self) -> int:
        """What is left, so that the three shares add up to a hundred."""
        return 100 - self.disagree - self.agree if self.n else 0

    @property
    def agree(self) -> int:
        return self._percent(3, 5)

    @property
    def mean(self) -> float | None:
        return mean_of(self.counts) if self.counts else None

    def _percent(self, first: int, last: int) -> int:
        return round(100 * sum((self.counts or ())[first:last]) / self.n) if self.n else 0


@dataclass(frozen=True, slots=True)
class StatementBlock:
    """The bars of the statements of one page of the questionnaire."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ConstructRow:
    """Statements about the same thing, put together."""

    label: str | Promise
    statements: int
    bar: Bar


def make_bar(
    label: str | Promise, counts: Counts | None, *, not_applicable: int | None = 0, note: str = ""
) -> Bar:
    """A bar of these counts; without segments when they are hidden or nobody answered."""
    segments = _segments(counts) if counts and sum(counts) else ()
    return Bar(label, note, counts, not_applicable, segments)


def _segments(counts: Counts) -> tuple[Segment, ...]:
    widths = [100 * count / sum(counts) for count in counts]
    x = 100 - widths[0] - widths[1] - widths[2] / 2
    segments = []
    for kind, width in zip(KINDS, widths, strict=True):
        if width:
            segments.append(Segment(kind, round(x, 2), round(width, 2)))
        x += width
    return tuple(segments)


def statement_blocks(wave: Wave, results: Iterable[ItemResult]) -> list[StatementBlock]:
    """The statements in the order in which they were asked, with what may be shown of each."""
    by_item = {result.item.id: result for result in results}
    asked = questionnaire(wave.version_id)
    return [StatementBlock(block.title, _bars(block, by_item)) for block in asked.blocks]


def _bars(block: AskedBlock, by_item: dict[int, ItemResult]) -> tuple[Bar, ...]:
    bars = []
    for item in block.items:
        if item.is_statement:
            result = by_item.get(item.id)
            note = str(Occasion(item.occasion).label) if item.occasion else ""
            counts = result.counts if result else None
            absent = result.not_applicable if result else None
            bars.append(make_bar(item.text, counts, not_applicable=absent, note=note))
    return tuple(bars)


def construct_rows(visible: list[ItemResult]) -> list[ConstructRow]:
    """By construct, and all together. Of the statements that may be shown only: else subtracting
    the others would give a hidden one away."""
    rows: dict[str, list[Counts]] = {}
    for result in visible:
        rows.setdefault(result.item.construct, []).append(result.towards_construct)
    found = [
        ConstructRow(label, len(counts), make_bar(label, add_counts(counts)))
        for construct, counts in rows.items()
        for label in [CONSTRUCTS.get(construct, construct)]
    ]
    if found:
        everything = [result.towards_construct for result in visible]
        label = _("All statements")
        found.append(ConstructRow(label, len(visible), make_bar(label, add_counts(everything))))
    return found


def what_it_shows(visible: list[ItemResult]) -> str:
    """The sentence above the chart: where people agree most and least."""
    bars = [make_bar(result.item.text, result.towards_construct) for result in visible]
    if len(bars) < 2:
        return ""
    most, least = max(bars, key=lambda bar: bar.agree), min(bars, key=lambda bar: bar.agree)
    if most.agree == least.agree:
        return ""
    return _(
        "People agree most with “%(most)s” (%(most_share)d%%), and least with “%(least)s” "
        "(%(least_share)d%%)."
    ) % {
        "most": most.label,
        "most_share": most.agree,
        "least": least.label,
        "least_share": least.agree,
    }
