"""An organisation enters its own figures for a period: all of what it filled in, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from benchmarks.domain.figures import Stored, store_figures
from benchmarks.importing.catalogue import known_figures
from benchmarks.importing.checking import NewFigure, look_twice, said_number
from benchmarks.models import Figure, Programme
from core.exceptions import EditConflict
from core.models import log_activity
from core.sheets import Problem
from people.models import Organisation


@dataclass(frozen=True, slots=True)
class Entry:
    """What was filled in for one indicator; `seen` is the value that stood there before."""

    indicator: int
    definition: int
    value: Decimal | None
    remark: str = ""
    seen: Decimal | None = None


def striking(organisation: Organisation, period: str, entries: Sequence[Entry]) -> list[Problem]:
    """Values that jump against the period before; `column` is the indicator's primary key."""
    figures = _new(organisation, period, entries)
    known = known_figures(figures)
    for figure in figures:
        known.values.pop(figure.key, None)
    return list(look_twice(figures, known))


@transaction.atomic
def enter_figures(
    programme: Programme,
    organisation: Organisation,
    *,
    period: str,
    entries: Sequence[Entry],
    by: Any = None,
) -> Stored:
    """Store what was filled in and take back what was emptied; the rest stays as it is.

    Raises EditConflict when somebody else changed one of these figures meanwhile; nothing is
    stored then.
    """
    there = {
        figure.indicator_id: figure
        for figure in Figure.objects.select_for_update().filter(
            organisation=organisation,
            period=period,
            indicator__in=[entry.indicator for entry in entries],
        )
    }
    for entry in entries:
        _refuse_conflict(entry, there.get(entry.indicator))
    _take_back(entries, there, by)
    _remark(entries, there)
    figures = _new(organisation, period, entries)
    return store_figures(programme, figures, by=by, source=organisation.code)


def _new(organisation: Organisation, period: str, entries: Sequence[Entry]) -> list[NewFigure]:
    return [
        NewFigure(
            organisation.pk,
            entry.indicator,
            entry.definition,
            period,
            entry.value,
            remark=entry.remark,
            column=str(entry.indicator),
        )
        for entry in entries
        if entry.value is not None
    ]


def _refuse_conflict(entry: Entry, figure: Figure | None) -> None:
    """Only where what was filled in would take the place of something unseen."""
    value = figure.value if figure else None
    if entry.seen != value and entry.value != value:
        now = said_number(value) if value is not None else _("nothing")
        raise EditConflict(
            _("Somebody else changed a figure in between; it is %(value)s now. Look at it again.")
            % {"value": now}
        )


def _take_back(entries: Sequence[Entry], there: dict[int, Figure], by: Any) -> None:
    for entry in entries:
        figure = there.get(entry.indicator)
        if figure is not None and entry.value is None:
            log_activity(
                figure.organisation, "figure taken back", actor=by, was=str(figure), id=figure.pk
            )
            figure.delete()


def _remark(entries: Sequence[Entry], there: dict[int, Figure]) -> None:
    """Another remark with the same value changes neither the value nor its status."""
    for entry in entries:
        figure = there.get(entry.indicator)
        if figure is not None and figure.value == entry.value and figure.remark != entry.remark:
            figure.remark = entry.remark
            figure.save(update_fields=["remark", "modified_at"])
