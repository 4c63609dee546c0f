"""Where an organisation stands beside a group, as its pages show it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from benchmarks.api.figures import SCOPE
from benchmarks.enums import GroupKind
from benchmarks.measures.robust import Place
from benchmarks.models import Figure, Programme
from benchmarks.queries import organisations_shown
from benchmarks.shown import newest_figures
from benchmarks.standing import Standing, standings_of
from benchmarks.trend import TrendPoint, trend_of
from core.api.paging import Code, Paging, Row, page_of_computed
from people.api import asker, reads
from people.models import Organisation

router = Router(tags=["figures"])


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


class StandingFilter(Paging):
    """Whose figures, beside whom."""

    programme: Code
    organisation: Code
    group: GroupKind = GroupKind.ALL


class TrendFilter(StandingFilter):
    """Of which indicator."""

    indicator: Code


def _place(request: HttpRequest, asked: StandingFilter) -> tuple[Programme, Organisation]:
    """A programme and an organisation in it whose page of figures this person may open, or 404."""
    user = asker(request)
    programme = get_object_or_404(Programme.objects.visible_to(user), code=asked.programme)
    shown = organisations_shown(user, programme)
    return programme, get_object_or_404(shown, code=asked.organisation)


def _group(place: Place | None, kind: GroupKind) -> dict[str, Any]:
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
