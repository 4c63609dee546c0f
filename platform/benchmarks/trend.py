"""One indicator of one organisation over time, with the group of each period beside it."""

from collections import defaultdict
from dataclasses import dataclass

from benchmarks.comparing import series_of
from benchmarks.enums import FigureStatus, GroupKind
from benchmarks.grouping import Guard, group_of_each
from benchmarks.measures.robust import Place
from benchmarks.measures.standing import judge
from benchmarks.models import Figure, Indicator, IndicatorDefinition, Programme
from benchmarks.sharing import is_shared
from people.models import Organisation

PERIODS = 20
"""How many periods a page shows, the newest ones."""

type Values = dict[int, tuple[float, int]]
"""By organisation its value and the series that it is of; disputed ones are left out."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period: the own figure, if there is one, and its place among the others of the group.

    `group` is None where there is no figure of one's own, or where it may not be shown.
    """

    period: str
    figure: Figure | None
    series: int
    group: Place | None

    @property
    def value(self) -> float | None:
        return float(self.figure.value) if self.figure else None

    @property
    def disputed(self) -> bool:
        return self.figure is not None and self.figure.status == FigureStatus.DISPUTED


def trend_of(
    programme: Programme,
    organisation: Organisation,
    indicator: Indicator,
    *,
    kind: GroupKind = GroupKind.ALL,
) -> list[TrendPoint]:
    """The newest twenty periods of an indicator in order of time, as its organisation sees it."""
    periods = Figure.objects.filter(indicator=indicator).values_list("period", flat=True).distinct()
    shown = sorted(periods.order_by("-period")[:PERIODS])
    definitions = list(indicator.definitions.all())
    series = series_of(definitions)
    own = {
        figure.period: figure
        for figure in Figure.objects.filter(
            indicator=indicator, organisation=organisation, period__in=shown
        ).select_related("definition")
    }
    places = _Places(programme, organisation, definitions, kind)
    values = _values(indicator, shown, series)
    return [
        _point(period, own.get(period), series, places.of(period, values[period]))
        for period in shown
    ]


def _point(
    period: str, figure: Figure | None, series: dict[int, int], group: Place | None
) -> TrendPoint:
    return TrendPoint(period, figure, series[figure.definition_id] if figure else -1, group)


def _values(indicator: Indicator, periods: list[str], series: dict[int, int]) -> dict[str, Values]:
    """By period the undisputed values of everybody."""
    rows = Figure.objects.undisputed().filter(indicator=indicator, period__in=periods)
    found: dict[str, Values] = defaultdict(dict)
    fields = ("period", "organisation_id", "value", "definition_id")
    for period, organisation, value, definition in rows.order_by().values_list(*fields):
        found[period][organisation] = float(value), series[definition]
    return found


class _Places:
    """The place of one organisation in its group, for any period."""

    def __init__(
        self,
        programme: Programme,
        organisation: Organisation,
        definitions: list[IndicatorDefinition],
        kind: GroupKind,
    ) -> None:
        self.own, self.kind = organisation.pk, kind
        self.better = definitions[0].better if definitions else ""
        self.guard = None if is_shared(programme) else Guard(programme)
        self.groups = group_of_each(programme, [organisation.pk], kind)

    def of(self, period: str, values: Values) -> Place | None:
        """The place in this period; None without a value of one's own, or where it is hidden."""
        if self.own not in values:
            return None
        series = values[self.own][1]
        histories = {
            key: [(period, value)] for key, (value, other) in values.items() if other == series
        }
        judged = judge(
            histories,
            better=self.better,
            of=[self.own],
            group_of=self.groups,
            best_quarter=self.kind == GroupKind.BEST,
        )[self.own]
        if self.guard and not self.guard.opens(self.kind, self.own, judged, histories, self.better):
            return None
        return judged.group
