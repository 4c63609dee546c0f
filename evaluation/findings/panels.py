"""The figures of each planned indicator: organisations by periods, as they were entered."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.db.models import FloatField
from django.db.models.functions import Cast

from benchmarks.enums import FigureStatus
from benchmarks.models import Figure, Indicator, IndicatorDefinition, Programme
from benchmarks.periods import Period, read_period
from learningcircles.evidence import ActionRow


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """Which figure it is."""

    indicator_id: int
    organisation_id: int
    period: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator. `values` has a row an organisation and a column a period, None where unknown;
    `disputed` are places (row, column); `versions` are the definitions that the periods stand
    under, the newest where there are two."""

    indicator: str
    indicator_id: int
    meaning: str
    meaning_en: str
    unit: str
    unit_en: str
    better: str
    least_change: float | None
    periods: tuple[str, ...]
    organisations: tuple[int, ...]
    values: tuple[tuple[float | None, ...], ...]
    disputed: tuple[tuple[int, int], ...]
    versions: tuple[int, ...]
    not_comparable: int
    """Figures left out because their definition may not be laid beside the newest."""

    def first_after(self, day: date) -> int:
        """The first period of which most lies after a day.

        A period belongs to after when its middle lies on the day or later.
        """
        middles = [_middle(period) for period in self.periods]
        return sum(middle < day for middle in middles)


def _middle(written: str) -> date:
    period = read_period(written)
    assert period is not None  # only such figures are read
    return period.first + timedelta(days=((period.last - period.first).days + 1) // 2)


def read_panels(programme: Programme, planned: Iterable[dict[str, Any]]) -> list[Panel]:
    """The panels of the planned indicators that have any figure, in the order of the plan."""
    indicators = {each.code: each for each in Indicator.objects.filter(programme=programme)}
    definitions: dict[int, list[IndicatorDefinition]] = defaultdict(list)
    for definition in IndicatorDefinition.objects.filter(indicator__programme=programme):
        definitions[definition.indicator_id].append(definition)
    rows = _figures(programme)
    return [
        _panel(indicators[plan["code"]], plan, definitions, rows[indicators[plan["code"]].pk])
        for plan in planned
        if plan["code"] in indicators and rows[indicators[plan["code"]].pk]
    ]


type Row = tuple[int, str, float, str, int]


def _figures(programme: Programme) -> dict[int, list[Row]]:
    """By indicator: organisation, period, value, status and definition of each figure."""
    found: dict[int, list[Row]] = defaultdict(list)
    figures = Figure.objects.filter(indicator__programme=programme).annotate(
        number=Cast("value", FloatField())
    )
    names = ("indicator_id", "organisation_id", "period", "number", "status", "definition_id")
    for indicator, *row in figures.order_by("organisation_id", "period").values_list(*names):
        found[indicator].append(tuple(row))
    return found


def _panel(
    indicator: Indicator,
    plan: dict[str, Any],
    definitions: dict[int, list[IndicatorDefinition]],
    rows: list[Row],
) -> Panel:
    versions = {each.pk: each for each in definitions[indicator.pk]}
    newest = max(versions.values(), key=lambda each: each.version)
    usable = _comparable(versions)
    kind = _kind_of(rows)
    kept = [r for r in rows if r[4] in usable and _of_kind(r[1], kind)]
    periods = tuple(sorted({row[1] for row in kept}))
    organisations = tuple(sorted({row[0] for row in kept}))
    places = (
        {each: place for place, each in enumerate(organisations)},
        {each: place for place, each in enumerate(periods)},
    )
    table: list[list[float | None]] = [[None] * len(periods) for _each in organisations]
    for organisation, period, value, *_rest in kept:
        table[places[0][organisation]][places[1][period]] = value
    return Panel(
        indicator=indicator.code,
        indicator_id=indicator.pk,
        meaning=newest.meaning,
        meaning_en=newest.meaning_en,
        unit=newest.unit,
        unit_en=newest.unit_en,
        better=plan["better"],
        least_change=plan["least_change"],
        periods=periods,
        organisations=organisations,
        values=tuple(map(tuple, table)),
        disputed=tuple(
            (places[0][row[0]], places[1][row[1]])
            for row in kept
            if row[3] == FigureStatus.DISPUTED
        ),
        versions=_versions(kept, periods, versions),
        not_comparable=sum(row[4] not in usable for row in rows),
    )


def _comparable(versions: dict[int, IndicatorDefinition]) -> set[int]:
    """The newest definition and those before it, back to where a series began anew."""
    usable: set[int] = set()
    for each in sorted(versions.values(), key=lambda each: -each.version):
        usable.add(each.pk)
        if not each.comparable:
            break
    return usable


def _kind_of(rows: Sequence[Row]) -> str:
    """Years, quarters or months: what most figures are of."""
    kinds = Counter(period.kind for row in rows if (period := read_period(row[1])))
    return kinds.most_common(1)[0][0] if kinds else ""


def _of_kind(written: str, kind: str) -> bool:
    period: Period | None = read_period(written)
    return period is not None and period.kind == kind


def _versions(
    rows: Sequence[Row], periods: Sequence[str], versions: dict[int, IndicatorDefinition]
) -> tuple[int, ...]:
    found: dict[str, int] = dict.fromkeys(periods, 0)
    for row in rows:
        found[row[1]] = max(found[row[1]], versions[row[4]].version)
    return tuple(found[period] for period in periods)


def first_acts(
    indicator_id: int, actions: Iterable[ActionRow], indicator_of: dict[int, int]
) -> dict[int, ActionRow]:
    """By organisation its first action on an indicator that was carried out.

    An action is on an indicator when it names it, or when it came from a signal on one of its
    figures (`indicator_of` gives the indicator of such a figure).
    """
    found: dict[int, ActionRow] = {}
    for action in actions:
        if action.status != "done" or action.done_on is None:
            continue
        from_figure = indicator_of.get(action.figure_id) if action.figure_id else None
        if indicator_id not in (action.indicator_id, from_figure):
            continue
        earlier = found.get(action.organisation_id)
        if earlier is None or (action.done_on, action.id) < (earlier.done_on, earlier.id):
            found[action.organisation_id] = action
    return found


class TellsOfFigure(Protocol):
    """A row of a room below that may be about a figure."""

    @property
    def figure_id(self) -> int | None: ...


def figures_told(rows: Iterable[TellsOfFigure]) -> dict[int, FigurePlace]:
    """The figures that these rows are about."""
    wanted = {row.figure_id for row in rows if row.figure_id}
    places = Figure.objects.filter(pk__in=wanted)
    names = ("pk", "indicator_id", "organisation_id", "period")
    return {pk: FigurePlace(*place) for pk, *place in places.values_list(*names)}
