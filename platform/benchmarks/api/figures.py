"""Indicators, figures, and where an organisation stands beside a group."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import AwareDatetime, Field
from pydantic.json_schema import SkipJsonSchema

from benchmarks.enums import FigureStatus, GroupKind
from benchmarks.measures.robust import Place
from benchmarks.models import Figure, Indicator, IndicatorDefinition, Programme
from benchmarks.queries import definitions_in_force, figures_to_take, organisations_shown
from benchmarks.shown import newest_figures
from benchmarks.standing import Standing, standings_of
from benchmarks.trend import TrendPoint, trend_of
from core.api.paging import Changing, Code, Paging, Row, Text, only, page_of, page_of_computed
from people.api import asker, reads
from people.models import Organisation

SCOPE = "figures:read"
router = Router(tags=["figures"])


class IndicatorRow(Row):
    """One version of what an indicator means."""

    programme: str
    indicator: str
    version: int
    in_force: bool
    category: str
    meaning: str
    meaning_en: str
    unit: str
    unit_en: str
    numerator: str
    numerator_en: str
    denominator: str
    denominator_en: str
    better: str
    period: str
    supplied_by: str
    lowest: float | None
    highest: float | None
    comparable: bool = Field(
        description=gettext_noop("Whether its figures continue those of the version before.")
    )
    settled_on: dt.date | None
    modified_at: AwareDatetime


class FigureRow(Row):
    """The value of an indicator for an organisation and a period."""

    programme: str
    organisation: str
    indicator: str
    version: int
    period: str
    value: float
    unit: str
    status: str
    remark: str
    modified_at: AwareDatetime


class GroupNumbers(Row):
    """The others of the group, as far as they may be shown."""

    group: str
    n: int | None = Field(
        description=gettext_noop("How many others there are; empty where it may not be shown.")
    )
    below: int | None
    equal: int | None
    low: float | None = Field(description=gettext_noop("A quarter of the others is under this."))
    median: float | None
    high: float | None = Field(description=gettext_noop("A quarter of the others is over this."))


class StandingRow(GroupNumbers):
    """The newest figure of an indicator, beside the own past and beside a group."""

    programme: str
    organisation: str
    indicator: str
    period: str
    value: float
    verdict: str | None
    stands_out: bool
    past_n: int
    past_median: float | None
    past_verdict: str
    past_stands_out: bool


class TrendRow(GroupNumbers):
    """One period of an indicator, with the group of that period beside it."""

    programme: str
    organisation: str
    indicator: str
    period: str
    value: float | None
    status: str | None
    version: int | None


class IndicatorFilter(Changing):
    """Which indicators."""

    programme: Code = ""
    indicator: Code = ""
    in_force: bool = Field(
        False, description=gettext_noop("Only the newest version of each indicator.")
    )


class FigureFilter(Changing):
    """Which figures."""

    programme: Code = ""
    organisation: Code = ""
    indicator: Code = ""
    period: Text = ""
    status: FigureStatus | SkipJsonSchema[None] = None


class StandingFilter(Paging):
    """Whose figures, beside whom."""

    programme: Code
    organisation: Code
    group: GroupKind = GroupKind.ALL


class TrendFilter(StandingFilter):
    """Of which indicator."""

    indicator: Code


@reads(
    router,
    "/indicators/",
    name="indicators",
    scope=SCOPE,
    gives=IndicatorRow,
    summary=_("What is measured, and what it means"),
)
def indicators(request: HttpRequest, asked: Query[IndicatorFilter]) -> HttpResponse:
    """A version of a definition a row."""
    seen = Indicator.objects.visible_to(asker(request))
    seen = seen.filter(**only(programme__code=asked.programme, code=asked.indicator)).values("pk")
    rows = asked.of(IndicatorDefinition.objects.filter(indicator__in=seen))
    in_force = definitions_in_force().filter(indicator__in=seen).values_list("pk", flat=True)
    if asked.in_force:
        rows = rows.filter(pk__in=in_force)
    rows, newest = rows.select_related("indicator__programme"), set(in_force)

    def make(row: IndicatorDefinition) -> IndicatorRow:
        return _indicator(row, row.pk in newest)

    return page_of(request, rows, asked, kind=IndicatorRow, make=make)


TEXTS = ("meaning", "unit", "numerator", "denominator")


def _indicator(row: IndicatorDefinition, in_force: bool) -> IndicatorRow:
    texts = {name: getattr(row, name) for text in TEXTS for name in (text, f"{text}_en")}
    return IndicatorRow(
        programme=row.indicator.programme.code,
        indicator=row.indicator.code,
        version=row.version,
        in_force=in_force,
        category=row.indicator.category,
        better=row.better,
        period=row.period,
        supplied_by=row.supplied_by,
        lowest=None if row.lowest is None else float(row.lowest),
        highest=None if row.highest is None else float(row.highest),
        comparable=row.comparable,
        settled_on=row.settled_on,
        modified_at=row.modified_at,
        **texts,
    )


@reads(
    router,
    "/figures/",
    name="figures",
    scope=SCOPE,
    gives=FigureRow,
    summary=_("The figures that the charter opens to you"),
)
def figures(request: HttpRequest, asked: Query[FigureFilter]) -> HttpResponse:
    """Your own organisation's figures, and those of the others as far as the charter goes."""
    wanted = only(
        indicator__programme__code=asked.programme,
        organisation__code=asked.organisation,
        indicator__code=asked.indicator,
        period=asked.period,
        status=asked.status,
    )
    rows = asked.of(figures_to_take(asker(request)).filter(**wanted))
    related = rows.select_related("indicator__programme", "organisation", "definition")
    return page_of(request, related, asked, kind=FigureRow, make=_figure)


def _figure(row: Figure) -> FigureRow:
    return FigureRow(
        programme=row.indicator.programme.code,
        organisation=row.organisation.code,
        indicator=row.indicator.code,
        version=row.definition.version,
        period=row.period,
        value=float(row.value),
        unit=row.definition.unit,
        status=row.status,
        remark=row.remark if row.in_full else "",  # type: ignore[attr-defined]
        modified_at=row.modified_at,
    )


def _place(request: HttpRequest, asked: StandingFilter) -> tuple[Programme, Organisation]:
    """A programme and an organisation in it whose page of figures this person may open, or 404."""
    user = asker(request)
    programme = get_object_or_404(Programme.objects.visible_to(user), code=asked.programme)
    shown = organisations_shown(user, programme)
    return programme, get_object_or_404(shown, code=asked.organisation)


def _group(place: Place | None, kind: GroupKind) -> dict[str, object]:
    """The numbers of the group that its page shows."""
    low, median, high = (place.quartiles if place else None) or (None, None, None)
    return {
        "group": kind.value,
        "n": place.n if place else None,
        "below": place.below if place else None,
        "equal": place.equal if place else None,
        "low": low,
        "median": median,
        "high": high,
    }


@reads(
    router,
    "/standings/",
    name="standings",
    scope=SCOPE,
    gives=StandingRow,
    summary=_("Where an organisation stands: its newest figures beside a group"),
)
def standings(request: HttpRequest, asked: Query[StandingFilter]) -> HttpResponse:
    """As on the page of an organisation's figures; the group is empty where others could be
    derived from it."""
    programme, organisation = _place(request, asked)
    shown = newest_figures(programme, organisation)
    found = standings_of(programme, organisations=[organisation.pk], kind=asked.group)
    by_indicator = {each.indicator: each for each in found}
    rows = [
        _standing(by_indicator[pk], figure, programme, organisation)
        for pk, figure in shown.items()
        if pk in by_indicator
    ]
    return page_of_computed(request, rows, asked, kind=StandingRow)


def _standing(
    each: Standing, figure: Figure, programme: Programme, organisation: Organisation
) -> StandingRow:
    return StandingRow(
        programme=programme.code,
        organisation=organisation.code,
        indicator=figure.indicator.code,
        period=each.period,
        value=each.value,
        verdict=each.verdict_group.value if each.group else None,
        stands_out=each.stands_out_group,
        past_n=each.past.n,
        past_median=each.past.middle,
        past_verdict=each.verdict_past.value,
        past_stands_out=each.stands_out_past,
        **_group(each.group, each.kind),
    )


@reads(
    router,
    "/trends/",
    name="trends",
    scope=SCOPE,
    gives=TrendRow,
    summary=_("One indicator of an organisation over time, with the group beside it"),
)
def trends(request: HttpRequest, asked: Query[TrendFilter]) -> HttpResponse:
    """As on the page of the indicator: the newest twenty periods, in order of time."""
    programme, organisation = _place(request, asked)
    indicator = get_object_or_404(programme.indicators, code=asked.indicator)
    points = trend_of(programme, organisation, indicator, kind=asked.group)
    rows = [_trend(point, asked) for point in points]
    return page_of_computed(request, rows, asked, kind=TrendRow)


def _trend(point: TrendPoint, asked: TrendFilter) -> TrendRow:
    figure = point.figure
    return TrendRow(
        programme=asked.programme,
        organisation=asked.organisation,
        indicator=asked.indicator,
        period=point.period,
        value=point.value,
        status=figure.status if figure else None,
        version=figure.definition.version if figure else None,
        **_group(point.group, asked.group),
    )
