"""What to know about an organisation before the talk, filled from its participation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benchmarks.enums import YesNo
from benchmarks.models import Participation


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words; `value` is empty where nobody noted it."""

    label: str | Promise
    value: str


def _involvement(participation: Participation) -> str:
    rows = participation.involvements.all()
    return ", ".join(str(row.get_phase_display()) for row in rows if row.involved == YesNo.YES)


def _contacts(participation: Participation) -> str:
    rows = participation.contacts.all()
    return ", ".join(dict.fromkeys(each.function for each in rows if each.function))


def _size(participation: Participation) -> str:
    organisation = participation.organisation
    return str(organisation.get_size_class_display()) if organisation.size_class else ""


FACTS: dict[str, tuple[Promise, Callable[[Participation], str]]] = {
    "size_class": (_("Size"), _size),
    "region": (_("Region"), lambda row: row.organisation.region),
    "motive": (_("Why it takes part"), lambda row: row.motive and str(row.get_motive_display())),
    "decided_by": (
        _("Who decided"),
        lambda row: row.decided_by and str(row.get_decided_by_display()),
    ),
    "involvement": (_("Had a hand in"), _involvement),
    "agreed": (_("Agreed beforehand"), lambda row: row.agreed_beforehand),
    "contacts": (_("Contact people, by function"), _contacts),
}
"""The facts that a guide may ask for, with where each is read from."""


def facts_about(participation: Participation | None, wanted: Iterable[str]) -> list[Fact]:
    """The wanted facts, in order; a name that is not known is left out."""
    return [
        Fact(label, read(participation) if participation else "")
        for label, read in (FACTS[name] for name in wanted if name in FACTS)
    ]


def with_facts(rows: Any) -> Any:
    """Participations with all that the facts read, in three queries."""
    return rows.select_related("organisation").prefetch_related("involvements", "contacts")
