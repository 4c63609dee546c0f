"""Indicators with what they mean, and figures."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import AwareDatetime, Field
from pydantic.json_schema import SkipJsonSchema

from benchmarks.enums import FigureStatus
from benchmarks.models import Figure, Indicator, IndicatorDefinition
from benchmarks.queries import definitions_in_force, figures_to_take
from core.api.paging import Changing, Code, Row, Text, only, page_of
from people.api import asker, reads

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
    wanted = only(programme__code=asked.programme, code=asked.indicator)
    seen = Indicator.objects.visible_to(asker(request)).filter(**wanted).values("pk")
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
