"""Programmes, their rounds, and who takes part in these."""

import datetime as dt

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import AwareDatetime, Field

from benchmarks.models import Cycle, Participation, Programme
from benchmarks.queries import roles_in_programmes
from core.api.paging import Changing, Code, Row, Text, only, page_of
from people.api import asker, reads

SCOPE = "programmes:read"
router = Router(tags=["programmes"])


class ProgrammeRow(Row):
    """A benchmark over the years."""

    code: str
    name: str
    name_en: str
    kind: str
    purpose: str
    purpose_en: str
    source: str
    source_en: str
    has_public_report: bool
    minimum_group: int = Field(
        description=gettext_noop("The fewest respondents behind a number that is shown.")
    )
    minimum_organisations: int = Field(
        description=gettext_noop("The fewest other organisations behind a group's number.")
    )
    roles: list[str] = Field(description=gettext_noop("The roles that you hold in it."))
    modified_at: AwareDatetime


class CycleRow(Row):
    """A round of a programme."""

    programme: str
    cycle: str
    starts_on: dt.date
    ends_on: dt.date
    phase: str
    participants: int
    modified_at: AwareDatetime


class ParticipantRow(Row):
    """An organisation in a round."""

    programme: str
    cycle: str
    organisation: str
    name: str
    kind: str
    cbs_code: str
    size_class: str
    region: str
    modified_at: AwareDatetime


class ProgrammeFilter(Changing):
    """Which programmes."""

    programme: Code = ""


class CycleFilter(ProgrammeFilter):
    """Which rounds."""

    cycle: Text = ""


class ParticipantFilter(CycleFilter):
    """Which participants."""

    organisation: Code = ""


@reads(
    router,
    "/programmes/",
    name="programmes",
    scope=SCOPE,
    gives=ProgrammeRow,
    summary=_("The benchmarks that you are in"),
)
def programmes(request: HttpRequest, asked: Query[ProgrammeFilter]) -> HttpResponse:
    """A benchmark a row, with your own roles in it."""
    user = asker(request)
    rows = asked.of(Programme.objects.visible_to(user).filter(**only(code=asked.programme)))
    roles = roles_in_programmes(user)

    def make(row: Programme) -> ProgrammeRow:
        return ProgrammeRow(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            kind=row.kind,
            purpose=row.purpose,
            purpose_en=row.purpose_en,
            source=row.source,
            source_en=row.source_en,
            has_public_report=row.has_public_report,
            minimum_group=row.minimum_group,
            minimum_organisations=row.minimum_organisations,
            roles=sorted(roles.get(row.pk, ())),
            modified_at=row.modified_at,
        )

    return page_of(request, rows, asked, kind=ProgrammeRow, make=make)


@reads(
    router,
    "/cycles/",
    name="cycles",
    scope=SCOPE,
    gives=CycleRow,
    summary=_("The rounds of your benchmarks"),
)
def cycles(request: HttpRequest, asked: Query[CycleFilter]) -> HttpResponse:
    """A round a row, with its phase and with how many take part."""
    wanted = only(programme__code=asked.programme, name=asked.cycle)
    rows = asked.of(Cycle.objects.visible_to(asker(request)).filter(**wanted))
    counted = rows.select_related("programme").annotate(participants=Count("participations"))

    def make(row: Cycle) -> CycleRow:
        return CycleRow(
            programme=row.programme.code,
            cycle=row.name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            phase=row.phase,
            participants=row.participants,  # type: ignore[attr-defined]
            modified_at=row.modified_at,
        )

    return page_of(request, counted, asked, kind=CycleRow, make=make)


@reads(
    router,
    "/participants/",
    name="participants",
    scope=SCOPE,
    gives=ParticipantRow,
    summary=_("Who takes part, as far as you may see"),
)
def participants(request: HttpRequest, asked: Query[ParticipantFilter]) -> HttpResponse:
    """An organisation in a round a row: all of a benchmark to who has a role in it, one's own to
    who only takes part."""
    wanted = only(
        cycle__programme__code=asked.programme,
        cycle__name=asked.cycle,
        organisation__code=asked.organisation,
    )
    rows = asked.of(Participation.objects.visible_to(asker(request)).filter(**wanted))
    related = rows.select_related("cycle__programme", "organisation")
    return page_of(request, related, asked, kind=ParticipantRow, make=_participant)


def _participant(row: Participation) -> ParticipantRow:
    organisation = row.organisation
    return ParticipantRow(
        programme=row.cycle.programme.code,
        cycle=row.cycle.name,
        organisation=organisation.code,
        name=organisation.name,
        kind=organisation.kind,
        cbs_code=organisation.cbs_code,
        size_class=organisation.size_class,
        region=organisation.region,
        modified_at=row.modified_at,
    )
