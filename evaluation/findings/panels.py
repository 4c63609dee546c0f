"""The figures of each planned indicator: organisations by periods, as they were entered."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Protocol

from django.db.models import FloatField
from django.db.models.functions import Cast

from benchmarks.enums import FigureStatus
from benchmarks.models import Figure, Indicator, IndicatorDefinition, Programme
from benchmarks.periods import read_period
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


@lru_cache(maxsize=2048)
def _middle(written: str) -> date:
    """The middle day of a period; the same few are asked for each organisation of an indicator."""
    period = read_period(written)
    assert period is not None  # only such figures are read
    return period.first + timedelta(days=((period.last - period.first).days + 1) // 2)


def read_panels(programme: Programme, planned: Iterable[dict[str, Any]]) -> list[Panel]:
    """The panels of the planned indicators that have any figure, in the order of the plan."""
    indicators = {each.code: each for each in Indicator.objects.filter(programme=programme)}
    definitions: dict[int, list[IndicatorDefinition]] = defaultdict(list)
    for definition in IndicatorDefinition.objects.filter(indicator__programme=programme):
        definitions[definition.indicator_id].append(definition)
    found = []
    for plan in planned:
        indicator = indicators.get(plan["code"])
        rows = _figures(indicator) if indicator else []
        if indicator and rows:
            found.append(_panel(indicator, plan, definitions[indicator.pk], rows))
    return found


type Row = tuple[int, str, float, str, int]
"""Organisation, period, value, status and definition of a figure."""


def _figures(indicator: Indicator) -> list[Row]:
    """An indicator at a time: of all together they would fill the memory."""
    figures = Figure.objects.filter(indicator=indicator).annotate(
        number=Cast("value", FloatField())
    )
    names = ("organisation_id", "period", "number", "status", "definition_id")
    return list(figures.order_by("organisation_id", "period").values_list(*names))


def _panel(
    indicator: Indicator,
    plan: dict[str, Any],
    of_indicator: Sequence[IndicatorDefinition],
    rows: Sequence[Row],
) -> Panel:
    versions = {each.pk: each for each in of_indicator}
    newest = max(versions.values(), key=lambda each: each.version)
    usable = _comparable(versions)
    usual = _usual_periods(rows)
    kept = [row for row in rows if row[4] in usable and row[1] in usual]
    periods = tuple(sorted({row[1] for row in kept}))
    organisations = tuple(sorted({row[0] for row in kept}))
    places = (
        {each: place for place, each in enumerate(organisations)},
        {each: place for place, each in enumerate(periods)},
    )
    table: list[list[float | None]] = [[None] * len(periods) for _each in organisations]
    for organisation, period, value, _status, _definition in kept:
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


def _usual_periods(rows: Sequence[Row]) -> set[str]:
    """The periods of the kind that most figures are of: years, quarters or months."""
    count = Counter(row[1] for row in rows)
    kinds: Counter[str] = Counter()
    read = {each: period for each in count if (period := read_period(each))}
    for each, period in read.items():
        kinds[period.kind] += count[each]
    usual = kinds.most_common(1)[0][0] if kinds else ""
    return {each for each, period in read.items() if period.kind == usual}


def _versions(
    rows: Sequence[Row], periods: Sequence[str], versions: dict[int, IndicatorDefinition]
) -> tuple[int, ...]:
    found: dict[str, int] = dict.fromkeys(periods, 0)
    for period, definition in {(row[1], row[4]) for row in rows}:
        found[period] = max(found[period], versions[definition].version)
    return tuple(found[period] for period in periods)


def first_acts(
    actions: Iterable[ActionRow], indicator_of: dict[int, int]
) -> dict[int, dict[int, ActionRow]]:
    """By indicator and organisation its first action on the indicator that was carried out.

    An action is on an indicator when it names it, or when it came from a signal on one of its
    figures (`indicator_of` gives the indicator of such a figure).
    """
    found: dict[int, dict[int, ActionRow]] = defaultdict(dict)
    for action in actions:
        if action.status != "done" or action.done_on is None:
            continue
        from_figure = indicator_of.get(action.figure_id) if action.figure_id else None
        for indicator in {action.indicator_id, from_figure}:
            if indicator is None:
                continue
            first = found[indicator]
            earlier = first.get(action.organisation_id)
            if earlier is None or (action.done_on, action.id) < (earlier.done_on, earlier.id):
                first[action.organisation_id] = action
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
