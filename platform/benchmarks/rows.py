"""What lists of programmes and participations show, one object a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks.enums import YesNo
from benchmarks.models import Cycle, Participation, Programme
from benchmarks.queries import involved_and_known, present_round, roles_in_programmes
from people.enums import Role


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme with the round that is on and the roles that somebody holds in it."""

    programme: Programme
    cycle: Cycle | None
    roles: frozenset[str]

    @property
    def role_words(self) -> str:
        """The roles as people say them."""
        return role_words(self.roles)


@dataclass(frozen=True, slots=True)
class ParticipationRow:
    """A participation with what is known of its support and involvement, as it stands."""

    participation: Participation
    involved: int
    known: int

    @property
    def decision_known(self) -> bool:
        """Is it known who took the decision, and whether others had a say?"""
        row = self.participation
        return bool(row.decided_by) and row.others_consulted != YesNo.MISSING


def role_words(roles: Iterable[str]) -> str:
    """Roles in words, in the order of domain.md."""
    return ", ".join(str(role.label) for role in Role if role.value in set(roles))


def programme_rows(user: Any, programmes: Iterable[Programme], today: date) -> list[ProgrammeRow]:
    """One row a programme."""
    roles = roles_in_programmes(user)
    return [
        ProgrammeRow(p, present_round(p, today), frozenset(roles.get(p.pk, ()))) for p in programmes
    ]


def participation_rows(participations: Iterable[Participation]) -> list[ParticipationRow]:
    """One row a participation."""
    return [ParticipationRow(p, *involved_and_known(p.involvements.all())) for p in participations]
