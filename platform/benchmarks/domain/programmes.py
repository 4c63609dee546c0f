"""A programme, its cycles, and who takes part in them."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from benchmarks.models import Cycle, Involvement, Participation, Programme
from core.records import keep
from people.models import Organisation


def make_programme(code: str, *, name: str, **fields: Any) -> Programme:
    """Make a programme, or bring one that is there up to date."""
    return keep(Programme, {"code": code}, name=name, **fields)


def make_cycle(
    programme: Programme, *, name: str, starts_on: dt.date, ends_on: dt.date, **fields: Any
) -> Cycle:
    """Make a round of a programme, or bring one that is there up to date."""
    key = {"programme": programme, "name": name}
    return keep(Cycle, key, starts_on=starts_on, ends_on=ends_on, **fields)


def enter_participation(
    cycle: Cycle, *, organisation: Organisation, reference: str, **fields: Any
) -> Participation:
    """Enter an organisation in a cycle, with who decided it and why."""
    key = {"cycle": cycle, "organisation": organisation}
    return keep(Participation, key, reference=reference, **fields)


def record_involvement(
    participation: Participation, *, phase: str, involved: str, source: str = ""
) -> Involvement:
    """Record whether an organisation had a hand in one phase of the benchmark."""
    key = {"participation": participation, "phase": phase}
    return keep(Involvement, key, involved=involved, source=source)


def keep_only_participations(cycle: Cycle, *, references: Collection[str]) -> int:
    """Take back participations that the source no longer has; how many there were."""
    gone = cycle.participations.exclude(reference__in=references)
    count = gone.count()
    gone.delete()
    return count


def keep_only_involvements(participation: Participation, *, phases: Collection[str]) -> None:
    """Take back phases that the source no longer has."""
    participation.involvements.exclude(phase__in=phases).delete()
