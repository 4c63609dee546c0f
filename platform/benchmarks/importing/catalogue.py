"""What a programme knows: how its participants and indicators are called, and their figures."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from benchmarks.comparing import series_of
from benchmarks.enums import FigureStatus
from benchmarks.models import Figure, IndicatorDefinition, Participation, Programme
from benchmarks.periods import read_period


@dataclass(slots=True)
class Catalogue:
    """By name in lower case: primary keys of participants, newest definitions of indicators."""

    organisations: dict[str, int]
    definitions: dict[str, IndicatorDefinition]

    def organisation(self, name: str) -> int | None:
        return self.organisations.get(name.casefold())

    def definition(self, code: str) -> IndicatorDefinition | None:
        return self.definitions.get(code.casefold())


@dataclass(frozen=True, slots=True)
class There:
    """A figure that is there already."""

    value: Decimal
    status: str
    definition: int

    @property
    def status_said(self) -> str | Promise:
        return FigureStatus(self.status).label


@dataclass(frozen=True, slots=True)
class Known:
    """Figures by indicator, organisation and period; and which series each definition is of."""

    values: dict[tuple[int, int, str], There]
    series: dict[int, int]


def catalogue_of(programme: Programme) -> Catalogue:
    """Participants by their code, their name, or what the programme's files call them."""
    organisations: dict[str, int] = {}
    takes_part = Participation.objects.filter(cycle__programme=programme)
    fields = ("organisation_id", "organisation__name", "organisation__cbs_code", "reference")
    for pk, *names in takes_part.values_list(*fields):
        organisations |= {name.casefold(): pk for name in names if name}
    codes = takes_part.values_list("organisation__code", "organisation_id")
    organisations |= {code.casefold(): pk for code, pk in codes}
    return Catalogue(organisations, newest_definitions(programme))


def newest_definitions(programme: Programme) -> dict[str, IndicatorDefinition]:
    """By code in lower case the definition that counts now, in the order of the indicators."""
    rows = IndicatorDefinition.objects.filter(indicator__programme=programme)
    ordered = rows.select_related("indicator").order_by(
        "indicator__position", "indicator__code", "version"
    )
    return {row.indicator.code.casefold(): row for row in ordered}


def known_figures(figures: Sequence[Any]) -> Known:
    """The figures of the same indicators and organisations in the same periods, and those before.

    `figures` have indicator, organisation and period.
    """
    periods = {figure.period for figure in figures}
    before = {str(period.moved(-1)) for each in periods if (period := read_period(each))}
    indicators = {figure.indicator for figure in figures}
    organisations = {figure.organisation for figure in figures}
    rows = Figure.objects.filter(indicator__in=indicators, period__in=periods | before)
    fields = ("indicator_id", "organisation_id", "period", "value", "status", "definition_id")
    found = rows.order_by().values_list(*fields)
    values = {
        (indicator, organisation, period): There(value, status, definition)
        for indicator, organisation, period, value, status, definition in found
        if organisation in organisations
    }
    return Known(values, _series(indicators))


def _series(indicators: Collection[int]) -> dict[int, int]:
    versions: dict[int, list[IndicatorDefinition]] = defaultdict(list)
    for definition in IndicatorDefinition.objects.filter(indicator__in=indicators):
        versions[definition.indicator_id].append(definition)
    series: dict[int, int] = {}
    for definitions in versions.values():
        series |= series_of(definitions)
    return series
