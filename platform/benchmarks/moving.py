"""What of this room goes with a programme that moves: the programme itself, and its figures."""

from typing import Any

from django.db.models import QuerySet

from benchmarks.models import FigureImport, Participation
from core.audit import Deed, record
from core.moving.kinds import Kind, add_kinds, also_take, not_for_persons
from people.models import Membership, Organisation

PROGRAMME = "benchmarks.Programme"


def _taking_part(programme: Any) -> QuerySet[Organisation]:
    rows = Participation.objects.filter(cycle__programme=programme)
    return Organisation._base_manager.filter(pk__in=rows.values("organisation"))


def _members(programme: Any) -> QuerySet[Membership]:
    here = _taking_part(programme).values("pk")
    return Membership._base_manager.filter(organisation__in=here)


def _stored(programme: Any) -> QuerySet[FigureImport]:
    return FigureImport._base_manager.filter(programme=programme, stored_at__isnull=False)


def _was_appointed(row: Any) -> None:
    record(Deed.ROLE_GIVEN, row.user, scope=row.programme, role=row.role)


KINDS = [
    Kind(PROGRAMME, of="pk", known_by=[["code"]]),
    Kind("benchmarks.Appointment", of="programme", arrived=_was_appointed),
    Kind("benchmarks.Cycle", of="programme"),
    Kind("benchmarks.Charter", of="programme"),
    Kind("benchmarks.CharterConsent", of="charter__programme"),
    Kind("benchmarks.Indicator", of="programme"),
    Kind("benchmarks.IndicatorDefinition", of="indicator__programme"),
    Kind("benchmarks.Figure", of="indicator__programme"),
    Kind("benchmarks.FigureImport", of=_stored),
    Kind("benchmarks.ChosenGroup", of="programme", guard=not_for_persons),
    Kind("benchmarks.Participation", of="cycle__programme"),
    Kind("benchmarks.Involvement", of="participation__cycle__programme"),
]


def offer() -> None:
    """Tell the floor."""
    staying = {
        "benchmarks.ProgrammeFile": "a file that somebody fetched here",
        "benchmarks.StandingName": "who runs the programme here looks at it here",
    }
    add_kinds(KINDS, staying=staying)
    also_take("people.Organisation", _taking_part)
    also_take("people.Membership", _members)
