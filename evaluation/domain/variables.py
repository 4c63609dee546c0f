"""The variables of a programme: what they are called, what values they take, for whom."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.exceptions import InvalidInput
from evaluation.domain.ground import Ground, Participant, Record
from evaluation.domain.missing import known
from surveys.evidence import CodedVariableRow, CodingRow

NOMINAL, ORDINAL, COUNT = "nominal", "ordinal", "count"


@dataclass(frozen=True, slots=True)
class Observation:
    """What one organisation has on a variable, and the records it rests on.

    `values` is empty where the value is missing; it has more than one only where the variable may
    have several.
    """

    values: tuple[str, ...]
    records: tuple[Record, ...]


type Observe = Callable[[Ground, Participant, Mapping[str, str]], Observation]


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: ordinal values lowest first, counts as digits."""

    name: str
    kind: str
    values: tuple[str, ...]
    """All values it may take; empty for a count."""
    source: str
    observe: Observe
    several: bool = False
    qualifiers: tuple[str, ...] = ()
    meaning: str = ""
    meaning_en: str = ""
    dimension: str = ""

    @property
    def order(self) -> tuple[str, ...] | None:
        """Ordinal values from lowest to highest; None for other kinds."""
        return self.values if self.kind == ORDINAL else None

    @property
    def is_ordered(self) -> bool:
        """Can values be ranked?"""
        return self.kind in (ORDINAL, COUNT)

    def rank(self, value: str) -> int:
        """Where a value stands: in the order, in the codebook, or the count itself."""
        return int(value) if self.kind == COUNT else self.values.index(value)


def observe_all(
    variable: Variable, ground: Ground, where: Mapping[str, str] | None = None
) -> dict[str, Observation]:
    """What each organisation has on the variable, by its reference."""
    return {p.reference: variable.observe(ground, p, where or {}) for p in ground.participants}


def coded(spec: CodedVariableRow, qualifiers: Iterable[str]) -> Variable:
    """A variable as the codebook has it."""

    def observe(ground: Ground, participant: Participant, where: Mapping[str, str]) -> Observation:
        rows = [
            row
            for row in ground.coded.get((spec.code, participant.organisation_id), [])
            if all(row.qualifiers.get(name) == value for name, value in where.items())
        ]
        return _observed_codings(spec, rows)

    return Variable(
        name=spec.code,
        kind=spec.level,
        values=spec.values,
        source="codings",
        observe=observe,
        several=spec.several,
        qualifiers=tuple(sorted(qualifiers)),
        meaning=spec.meaning,
        meaning_en=spec.meaning_en,
        dimension=spec.dimension,
    )


def _observed_codings(spec: CodedVariableRow, rows: list[CodingRow]) -> Observation:
    """The values of codings. Two coders who differ on a single value leave it open."""
    found = {row.value for row in rows if known(row.value, spec.values)}
    values = tuple(value for value in spec.values if value in found)
    if not spec.several and len(values) > 1:
        values = ()
    return Observation(values, tuple(record_of(row) for row in rows))


def record_of(row: CodingRow) -> Record:
    """A coding as a record that a value rests on."""
    return Record(row.source, row.variable, row.value, tuple(sorted(row.qualifiers.items())))


def find_variable(variables: Mapping[str, Variable], name: str) -> Variable:
    """The variable of this name, or InvalidInput with the list of those that are known."""
    if name not in variables:
        raise InvalidInput(
            _("There is no variable “%(name)s”; known are: %(known)s.")
            % {"name": name, "known": ", ".join(variables)}
        )
    return variables[name]
