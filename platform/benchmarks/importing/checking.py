"""Is every value of a file one that can be stored, and is it worth a second look?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from benchmarks.enums import FigureStatus
from benchmarks.importing.catalogue import Catalogue, Known
from benchmarks.importing.shapes import Cell
from benchmarks.measures.jumps import is_jump
from benchmarks.models import IndicatorDefinition
from benchmarks.periods import read_period
from core.sheets import Problem

NUMBER = re.compile(r"[+-]?\d{1,20}([.,]\d{1,20})?([eE][+-]?\d{1,2})?")
MOST = Decimal(10) ** 10
PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A value that can be stored, with where it stood; primary keys, and the definition's too."""

    organisation: int
    indicator: int
    definition: int
    period: str
    value: Decimal
    status: str = FigureStatus.ENTERED
    remark: str = ""
    row: int = 0
    column: str = ""

    @property
    def key(self) -> tuple[int, int, str]:
        """Of which there can be one."""
        return self.indicator, self.organisation, self.period


@dataclass(slots=True)
class Checked:
    """What a file holds: figures to store, and what is wrong with it or striking."""

    figures: list[NewFigure] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    empty: int = 0
    ignored: list[str] = field(default_factory=list)


class Wrong(ValueError):
    """A value that can't be stored; `column` is where it stands, empty for the value itself."""

    def __init__(self, text: str, column: str = "") -> None:
        super().__init__(text)
        self.column = column


def check_cells(cells: Sequence[Cell], catalogue: Catalogue) -> Checked:
    """Every cell by itself, then what says the same figure twice. An empty value is none."""
    checked = Checked()
    seen: dict[tuple[int, int, str], int] = {}
    for cell in cells:
        if not cell.value:
            checked.empty += 1
            continue
        try:
            figure = _figure(cell, catalogue)
            if figure.key in seen:
                raise Wrong(_("says again what row %(row)d says") % {"row": seen[figure.key]})
        except Wrong as wrong:
            checked.errors.append(Problem(cell.row, wrong.column or cell.column, str(wrong)))
            continue
        seen[figure.key] = cell.row
        checked.figures.append(figure)
    return checked


def _figure(cell: Cell, catalogue: Catalogue) -> NewFigure:
    organisation = catalogue.organisation(cell.organisation)
    if organisation is None:
        said = cell.organisation[:60]
        raise Wrong(_("“%s” is no participant of this benchmark") % said, "organisation")
    definition = catalogue.definition(cell.indicator)
    if definition is None:
        raise Wrong(_("“%s” is no indicator of this benchmark") % cell.indicator[:60], "indicator")
    return NewFigure(
        organisation,
        definition.indicator_id,
        definition.pk,
        check_period(cell.period, definition),
        check_value(cell.value, definition),
        _status(cell.status),
        cell.remark,
        cell.row,
        cell.column,
    )


def check_period(text: str, definition: IndicatorDefinition) -> str:
    """A period of the kind that the indicator is measured by. Raises Wrong."""
    period = read_period(text)
    if period is None:
        raise Wrong(_("“%s” is no period; write 2024, 2024-Q1 or 2024-01") % text[:20], "period")
    if period.kind != definition.period:
        said = {"kind": definition.get_period_display(), "period": text}
        raise Wrong(_("measured by %(kind)s, and “%(period)s” isn't one") % said, "period")
    return text


def check_value(text: str, definition: IndicatorDefinition) -> Decimal:
    """A number within what is possible, with four decimals. Raises Wrong."""
    if not NUMBER.fullmatch(text):
        raise Wrong(_("“%s” is no number such as 12 or 3.5") % text[:40])
    number = Decimal(text.replace(",", "."))
    if abs(number) >= MOST:
        raise Wrong(_("“%s” is too large a number") % text[:40])
    if definition.lowest is not None and number < definition.lowest:
        said = {"value": text, "lowest": said_number(definition.lowest)}
        raise Wrong(_("%(value)s is impossible: the lowest is %(lowest)s") % said)
    if definition.highest is not None and number > definition.highest:
        said = {"value": text, "highest": said_number(definition.highest)}
        raise Wrong(_("%(value)s is impossible: the highest is %(highest)s") % said)
    return number.quantize(PLACES)


def _status(text: str) -> str:
    status = text.casefold() or FigureStatus.ENTERED
    if status not in FigureStatus.values:
        allowed = ", ".join(FigureStatus.values)
        raise Wrong(_("allowed: %s") % allowed, "status")
    return status


def look_twice(figures: Sequence[NewFigure], known: Known) -> Iterator[Problem]:
    """What is striking: a jump against the period before, or another value than is there already.

    The period before may be in the same file.
    """
    given = {figure.key: figure for figure in figures}
    for figure in figures:
        there = known.values.get(figure.key)
        if there is not None and there.value != figure.value:
            said = {"old": said_number(there.value), "status": there.status_said}
            text = _("replaces the value %(old)s (%(status)s)") % said
            yield Problem(figure.row, figure.column, text)
        before = _before(figure, given, known)
        if before is not None and is_jump(float(before), float(figure.value)):
            said = {"now": said_number(figure.value), "before": said_number(before)}
            text = _("jumps to %(now)s, from %(before)s in the period before") % said
            yield Problem(figure.row, figure.column, text)


def _before(
    figure: NewFigure, given: dict[tuple[int, int, str], NewFigure], known: Known
) -> Decimal | None:
    """The value of the period before, if it may be compared."""
    period = read_period(figure.period)
    if period is None:
        return None
    key = (figure.indicator, figure.organisation, str(period.moved(-1)))
    if key in given:
        return given[key].value
    there = known.values.get(key)
    if there is None or known.series.get(there.definition) != known.series.get(figure.definition):
        return None
    return there.value


def said_number(value: Decimal) -> str:
    """A number as people write it in the language of the page, without zeros at its end."""
    return formats.number_format(f"{value.normalize():f}", use_l10n=True)
