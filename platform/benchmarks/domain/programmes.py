"""A programme, its cycles, and who takes part in them."""

import datetime as dt
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from benchmarks.domain.appointments import appoint
from benchmarks.importing.organisations import Named, read_organisations
from benchmarks.models import Cycle, Involvement, Participation, Programme
from core.exceptions import InvalidInput
from core.records import keep
from core.sheets import read_file, read_sheet
from people.domain.organisations import register_organisation
from people.enums import Role
from people.models import Organisation

CODE = re.compile(r"[-a-zA-Z0-9_]{1,40}")


def find_programme(code: str) -> Programme:
    """The programme with this code, or InvalidInput with the list of those that are known."""
    programme = Programme.objects.filter(code=code).first()
    if programme is None:
        codes = ", ".join(Programme.objects.order_by("code").values_list("code", flat=True))
        raise InvalidInput(
            _("There is no programme “%(code)s”; known are: %(known)s.")
            % {"code": code, "known": codes or _("none")}
        )
    return programme


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


@transaction.atomic
def start_programme(
    code: str, *, name: str, organisations: Path, today: dt.date, coordinator: str | None = None
) -> Cycle:
    """Make an empty programme with one round, that of this year, and its participants from a file.

    An organisation that is known already takes part as it is. `coordinator` is the e-mail address
    of who runs it. Raises InvalidInput when there is
    such a programme already, InvalidFile for a file with errors; then nothing is made.
    """
    if not CODE.fullmatch(code):
        raise InvalidInput(_("The code of a programme has letters, digits, - and _ only."))
    if not name.strip():
        raise InvalidInput(_("Give the programme a name."))
    if Programme.objects.filter(code=code).exists():
        raise InvalidInput(_("There is a programme “%(code)s” already.") % {"code": code})
    named = read_organisations(read_sheet(organisations.name, read_file(organisations)))
    cycle = make_cycle(
        make_programme(code, name=name.strip()),
        name=str(today.year),
        starts_on=dt.date(today.year, 1, 1),
        ends_on=dt.date(today.year, 12, 31),
    )
    _take_part(cycle, named)
    if coordinator is not None:
        appoint(cycle.programme, by=None, email=coordinator, role=Role.COORDINATOR)
    return cycle


def _take_part(cycle: Cycle, named: Sequence[Named]) -> None:
    """Enter each organisation, and make it known first where it isn't."""
    known = Organisation.objects.in_bulk([each.code for each in named], field_name="code")
    for each in named:
        organisation = known.get(each.code) or register_organisation(
            each.code, name=each.name, size_class=each.size_class, region=each.region
        )
        enter_participation(cycle, organisation=organisation, reference=each.code)
