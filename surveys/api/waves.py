"""Waves, as far as somebody runs or evaluates their programme."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import AwareDatetime, Field

from core.api.paging import Changing, Code, Row, Text, only, page_of
from people.api import asker, reads
from surveys.models import Wave

SCOPE = "results:read"
router = Router(tags=["results"])


class WaveRow(Row):
    """One administration of a questionnaire in a round."""

    wave: int
    programme: str
    cycle: str
    name: str
    state: str
    mode: str
    target: int = Field(description=gettext_noop("The response that is aimed at, in percent."))
    last_day: dt.date
    opened_on: dt.date | None
    closed_on: dt.date | None
    modified_at: AwareDatetime


class WaveFilter(Changing):
    """Which waves."""

    programme: Code = ""
    cycle: Text = ""


@reads(
    router,
    "/waves/",
    name="waves",
    scope=SCOPE,
    gives=WaveRow,
    summary=_("The surveys that you run or evaluate"),
)
def waves(request: HttpRequest, asked: Query[WaveFilter]) -> HttpResponse:
    """A wave a row; its results are under its number once it is closed."""
    wanted = only(cycle__programme__code=asked.programme, cycle__name=asked.cycle)
    rows = asked.of(Wave.objects.visible_to(asker(request)).filter(**wanted))
    return page_of(
        request, rows.select_related("cycle__programme"), asked, kind=WaveRow, make=_wave
    )


def _wave(row: Wave) -> WaveRow:
    return WaveRow(
        wave=row.pk,
        programme=row.cycle.programme.code,
        cycle=row.cycle.name,
        name=row.name,
        state=row.state,
        mode=row.mode,
        target=row.target,
        last_day=row.last_day,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        modified_at=row.modified_at,
    )
