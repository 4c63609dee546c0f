"""Which figures may be laid beside one another: the raw material of what stands out."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.db.models import FloatField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from benchmarks.measures.standing import PAST, History
from benchmarks.models import Figure, Indicator, IndicatorDefinition, Programme
from benchmarks.periods import read_period

type Series = tuple[int, int]
"""An indicator, and the number of its series: each version that may not be compared begins one."""
type Row = tuple[int, int, int, str, float]
"""Indicator, definition, organisation, period, value."""


@dataclass(slots=True)
class Material:
    """Values by series and organisation in order of time, and which definitions there are."""

    definitions: dict[int, IndicatorDefinition]
    """By primary key."""
    histories: dict[Series, dict[int, list[tuple[str, float]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def newest(self) -> Iterator[tuple[int, int, History, Series]]:
        """Of each indicator and organisation the series that its newest value is in."""
        found: dict[tuple[int, int], tuple[History, Series]] = {}
        for series, by_organisation in self.histories.items():
            for organisation, values in by_organisation.items():
                key = (series[0], organisation)
                if key not in found or found[key][0][-1][0] <= values[-1][0]:
                    found[key] = values, series
        for (indicator, organisation), (history, series) in found.items():
            yield indicator, organisation, history, series


def series_of(definitions: Collection[IndicatorDefinition]) -> dict[int, int]:
    """By definition of one indicator, the number of its series."""
    numbers: dict[int, int] = {}
    series = 0
    for definition in sorted(definitions, key=lambda each: each.version):
        series += definition.version > 1 and not definition.comparable
        numbers[definition.pk] = series
    return numbers


def gather_material(
    programme: Programme,
    *,
    indicators: Collection[int] | None = None,
    organisations: Collection[int] | None = None,
) -> Material:
    """The figures that are needed to judge the newest of these organisations (None: of all).

    Of those organisations the newest and what lies at most twelve periods before the newest of the
    indicator; of the others what they have in the same periods. Disputed figures are left out.
    """
    asked = Indicator.objects.filter(programme=programme)
    if indicators is not None:
        asked = asked.filter(pk__in=indicators)
    definitions = list(IndicatorDefinition.objects.filter(indicator__in=asked))
    material = Material({each.pk: each for each in definitions})
    window = _window(asked)
    figures = Figure.objects.undisputed().order_by()
    if organisations is None:
        _fill(material, figures.filter(window))
        return material
    own = _rows(figures.filter(window, organisation__in=organisations))
    wanted: dict[int, set[str]] = defaultdict(set)
    for (indicator, _organisation), period in {(row[0], row[2]): row[3] for row in own}.items():
        wanted[indicator].add(period)
    _fill(material, own)
    _fill(material, _others(figures, wanted, organisations))
    return material


def _window(indicators: QuerySet[Indicator]) -> Q:
    """Figures at most twelve periods older than the newest of their indicator."""
    last = Figure.objects.filter(indicator=OuterRef("pk")).order_by("-period").values("period")
    since: dict[str, list[int]] = defaultdict(list)
    for pk, newest in indicators.order_by().values_list("pk", Subquery(last[:1])):
        period = read_period(newest) if newest else None
        if period is not None:
            since[str(period.moved(-PAST))].append(pk)
    window = Q(pk__in=())
    for period_text, keys in since.items():
        window |= Q(indicator__in=keys, period__gte=period_text)
    return window


def _others(
    figures: QuerySet[Figure], wanted: dict[int, set[str]], organisations: Collection[int]
) -> list[Row]:
    """What all others have in the wanted periods, in one query a set of periods."""
    by_periods: dict[frozenset[str], list[int]] = defaultdict(list)
    for indicator, periods in wanted.items():
        by_periods[frozenset(periods)].append(indicator)
    if not by_periods:
        return []
    condition = Q(pk__in=())
    for together, keys in by_periods.items():
        condition |= Q(indicator__in=keys, period__in=together)
    return _rows(figures.filter(condition).exclude(organisation__in=organisations))


def _rows(figures: QuerySet[Figure]) -> list[Row]:
    """Rows in order of time."""
    number = Cast("value", FloatField())
    fields = ("indicator_id", "definition_id", "organisation_id", "period", number)
    return sorted(figures.values_list(*fields), key=lambda row: row[3])


def _fill(material: Material, rows: list[Row] | QuerySet[Figure]) -> None:
    """Lay the rows in their series."""
    by_indicator: dict[int, list[IndicatorDefinition]] = defaultdict(list)
    for definition in material.definitions.values():
        by_indicator[definition.indicator_id].append(definition)
    number: dict[int, int] = {}
    for versions in by_indicator.values():
        number |= series_of(versions)
    found = rows if isinstance(rows, list) else _rows(rows)
    histories = material.histories
    for indicator, version, organisation, period, value in found:
        histories[indicator, number[version]][organisation].append((period, value))
