"""The audit log as it is read: whose lines somebody sees, and each line in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarks.models import Programme
from benchmarks.rules import is_coordinator
from core.audit import Deed
from core.models import AuditEntry
from people.enums import Role
from people.models import Organisation, User

WORDS = {
    "people.user": gettext_lazy("account"),
    "people.invitation": gettext_lazy("invitation"),
    "people.signon": gettext_lazy("sign-in of an organisation"),
    "benchmarks.programme": gettext_lazy("benchmark"),
    "benchmarks.cycle": gettext_lazy("round"),
    "benchmarks.charter": gettext_lazy("charter"),
    "benchmarks.participation": gettext_lazy("participation"),
    "surveys.wave": gettext_lazy("wave"),
    "surveys.export": gettext_lazy("file of answers"),
    "surveys.interview": gettext_lazy("interview"),
    "surveys.interviewround": gettext_lazy("round of interviews"),
    "surveys.candidate": gettext_lazy("person to interview"),
    "surveys.lockedfile": gettext_lazy("recording or transcript"),
    "learningcircles.circle": gettext_lazy("learning circle"),
    "learningcircles.session": gettext_lazy("session"),
    "evaluation.gradechange": gettext_lazy("grade"),
}

PERIODS = "core.pulse"
"""The target of what the daily job removes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the audit log as the page shows it."""

    at: datetime
    who: str
    deed: str
    about: str
    more: str
    number: int


def entries_visible_to(user: Any, programme: Programme | None = None) -> QuerySet[AuditEntry]:
    """An administrator sees the log of the installation; a coordinator the lines of their own
    programme, and who came to and left the organisations in it. Nobody else sees a line."""
    rows = AuditEntry.objects.all()
    if not user.is_authenticated:
        return rows.none()
    if programme is None:
        return rows if user.is_superuser else rows.none()
    if not user.is_superuser and not is_coordinator(user, programme):
        return rows.none()
    taking_part = Organisation.objects.filter(participations__cycle__programme=programme)
    numbers = list(taking_part.values_list("pk", flat=True).distinct())
    moved = Q(verb__in=[Deed.JOINED, Deed.LEFT], details__organisation__in=numbers)
    return rows.filter(Q(scope=f"programme:{programme.pk}") | moved)


def lines_of(entries: Iterable[AuditEntry]) -> list[Line]:
    """Lines in words. Names are those of the accounts as they are now; one that was erased is
    told by its number."""
    rows = list(entries)
    numbers = {row.actor for row in rows} | {_account(row) for row in rows}
    known = User.objects.in_bulk([number for number in numbers if number is not None])
    homes = {row.details.get("organisation") for row in rows}
    named = Organisation.objects.in_bulk([each for each in homes if isinstance(each, int)])
    return [_line(row, known, named) for row in rows]


def _account(row: AuditEntry) -> int | None:
    kind, _colon, number = row.target.partition(":")
    return int(number) if kind == "people.user" and number.isdecimal() else None


def _line(row: AuditEntry, known: dict[Any, User], named: dict[Any, Organisation]) -> Line:
    deed = Deed(row.verb).label if row.verb in Deed.values else row.verb
    who = _("nobody signed in") if row.actor is None else _person(row.actor, known)
    account = _account(row)
    kind, _colon, number = row.target.partition(":")
    about = f"{WORDS.get(kind, kind)} {number}"
    if account is not None:
        about = _person(account, known)
    elif kind == PERIODS:
        about = _("what was kept long enough")
    told = {
        name: str(named[value]) if name == "organisation" and value in named else _value(value)
        for name, value in row.details.items()
    }
    more = ", ".join(f"{_detail(name)}: {value}" for name, value in told.items())
    return Line(row.at, who, str(deed), about, more, row.number)


def _person(number: int, known: dict[Any, User]) -> str:
    person = known.get(number)
    return str(person) if person else _("account %(number)d (erased)") % {"number": number}


def _detail(name: str) -> str:
    words = {
        "role": _("role"),
        "roles": _("roles"),
        "organisation": _("organisation"),
        "version": _("version"),
    }
    return words.get(name, name.replace("_", " "))


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(Role(value).label) if value in Role.values else str(value)
