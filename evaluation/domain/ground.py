"""The ground that every variable of a programme stands on: who took part, and what was coded."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from benchmarks.models import Cycle, Participation, Programme
from core.exceptions import InvalidInput
from evaluation.models import AnalysisSettings
from evaluation.models.analysis_settings import SupportRule
from surveys.evidence import CodedVariableRow, CodingRow, coded_variables, settled_codings


@dataclass(frozen=True, slots=True)
class Record:
    """One record that a value rests on: where it stands, and what it says."""

    source: str
    name: str
    """What was recorded, e.g. the variable or the phase."""
    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """One organisation in the cycle, with what is known of its decision and its involvement."""

    reference: str
    organisation_id: int
    organisation: str
    decided_by: str
    others_consulted: str
    contact_consulted: str
    motive: str
    in_feasibility_study: str
    source: str
    involvements: tuple[Record, ...]


@dataclass(frozen=True)
class Ground:
    """Everything a variable may be computed from, read once."""

    programme: Programme
    cycle: Cycle
    participants: tuple[Participant, ...]
    specs: tuple[CodedVariableRow, ...]
    codings: tuple[CodingRow, ...]
    learning_with_moderate: str

    @cached_property
    def coded(self) -> dict[tuple[str, int], list[CodingRow]]:
        """The codings of one variable and one organisation."""
        found: dict[tuple[str, int], list[CodingRow]] = defaultdict(list)
        for row in self.codings:
            found[row.variable, row.organisation_id].append(row)
        return found

    @cached_property
    def spoken_with(self) -> set[int]:
        """Organisations of which anything was coded: with the others nobody talked."""
        return {row.organisation_id for row in self.codings}

    @cached_property
    def qualifiers(self) -> dict[str, dict[str, set[str]]]:
        """For each coded variable the qualifiers it has, and the values these take."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in self.codings:
            for name, value in row.qualifiers.items():
                found[row.variable][name].add(value)
        return found


def load_ground(programme: Programme, *, cycle_name: str | None = None) -> Ground:
    """Read everything about one cycle: the named one, or the newest in which anybody takes part.

    Raises InvalidInput when there is none.
    """
    cycle = _cycle_of(programme, cycle_name)
    rule = (
        AnalysisSettings.objects.filter(programme=programme)
        .values_list("learning_with_moderate_decision", flat=True)
        .first()
    )
    return Ground(
        programme=programme,
        cycle=cycle,
        participants=tuple(_participants(cycle)),
        specs=tuple(coded_variables(programme.pk)),
        codings=tuple(row for row in settled_codings(programme.pk) if row.cycle_id == cycle.pk),
        learning_with_moderate=rule or SupportRule.MODERATE.value,
    )


def earlier_grounds(ground: Ground) -> list[Ground]:
    """The rounds before this one in which anybody took part, oldest first."""
    cycles = ground.programme.cycles.filter(
        participations__isnull=False, starts_on__lt=ground.cycle.starts_on
    )
    found = list(cycles.distinct().order_by("starts_on", "pk"))
    codings = settled_codings(ground.programme.pk) if found else []
    return [
        Ground(
            programme=ground.programme,
            cycle=cycle,
            participants=tuple(_participants(cycle)),
            specs=ground.specs,
            codings=tuple(row for row in codings if row.cycle_id == cycle.pk),
            learning_with_moderate=ground.learning_with_moderate,
        )
        for cycle in found
    ]


def _cycle_of(programme: Programme, name: str | None) -> Cycle:
    cycles = programme.cycles.filter(participations__isnull=False).distinct()
    if name is not None:
        found = cycles.filter(name=name).first()
        if found is None:
            raise InvalidInput(
                _("“%(cycle)s” is no cycle of %(programme)s with participants; known: %(known)s.")
                % {
                    "cycle": name,
                    "programme": programme.code,
                    "known": ", ".join(cycles.values_list("name", flat=True)) or _("none"),
                }
            )
        return found
    newest = cycles.order_by("-starts_on", "-pk").first()
    if newest is None:
        raise InvalidInput(_("Nobody takes part in %(code)s yet.") % {"code": programme.code})
    return newest


def _participants(cycle: Cycle) -> list[Participant]:
    rows = cycle.participations.select_related("organisation").prefetch_related("involvements")
    return sorted((_participant(row) for row in rows), key=lambda p: natural(p.reference))


def _participant(row: Participation) -> Participant:
    return Participant(
        reference=row.reference,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        decided_by=row.decided_by,
        others_consulted=row.others_consulted,
        contact_consulted=row.contact_consulted,
        motive=row.motive,
        in_feasibility_study=row.in_feasibility_study,
        source=row.source,
        involvements=tuple(
            Record(source=each.source, name=each.phase, value=each.involved)
            for each in row.involvements.all()
        ),
    )


def natural(reference: str) -> tuple[int, int, str]:
    """Sort key: numbers as numbers, before names."""
    if reference.isascii() and reference.isdigit():
        return (0, int(reference), reference)
    return (1, 0, reference.casefold())
