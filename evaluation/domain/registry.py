"""Which variables a programme has: recorded at participation, coded, and derived from these."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from benchmarks.enums import DecidedBy, InvolvementPhase, Motive
from evaluation.domain.ground import Ground, Participant, Record
from evaluation.domain.missing import known, or_none
from evaluation.domain.variables import (
    COUNT,
    NOMINAL,
    ORDINAL,
    Observation,
    Observe,
    Variable,
    coded,
    record_of,
)
from evaluation.measures.involvement import involved
from evaluation.measures.learning import (
    LEARNING_LEVELS,
    agenda_learning,
    level_of,
    political_learning,
    social_learning,
)
from evaluation.measures.support import (
    DECISIONS,
    SUPPORT_LEVELS,
    support_decision,
    support_level,
)
from surveys.evidence import CodingRow

YES_NO = ("no", "yes")
PARTICIPATION_FIELDS: dict[str, tuple[str, ...]] = {
    "decided_by": tuple(value for value in DecidedBy.values if value),
    "others_consulted": ("yes", "no"),
    "contact_consulted": ("yes", "no", "n/a"),
    "motive": tuple(value for value in Motive.values if value),
    "in_feasibility_study": ("yes", "no"),
}
EXPERIENCE, INFORMED, POLITICAL = (
    "learning_experience",
    "informed_category",
    "results_used_politically",
)
"""The coded variables that the levels of learning are derived from."""


def variables_of(ground: Ground) -> dict[str, Variable]:
    """All variables that the programme has any record for, by name, in a fixed order."""
    found = [*_of_participation(ground), *_of_involvement(ground), *_of_codebook(ground)]
    return {variable.name: variable for variable in found}


# --- Recorded when an organisation joined -------------------------------------------------------


def _of_participation(ground: Ground) -> Iterator[Variable]:
    recorded = [
        name
        for name in PARTICIPATION_FIELDS
        if any(known(getattr(p, name)) for p in ground.participants)
    ]
    for name in recorded:
        yield Variable(
            name, NOMINAL, PARTICIPATION_FIELDS[name], "participation", _participation_field(name)
        )
    if {"decided_by", "others_consulted", "motive"} & set(recorded):
        yield Variable("support_decision", ORDINAL, DECISIONS, "participation", _support_decision)
        yield Variable("support_level", ORDINAL, SUPPORT_LEVELS, "participation", _support_level)


def _participation_field(name: str) -> Observe:
    def observe(ground: Ground, participant: Participant, where: Mapping[str, str]) -> Observation:
        value = or_none(getattr(participant, name))
        return Observation((value,) if value else (), _joined(participant, name))

    return observe


def _joined(participant: Participant, *names: str) -> tuple[Record, ...]:
    """The fields of a participation as records."""
    return tuple(Record(participant.source, name, getattr(participant, name)) for name in names)


def _decision(participant: Participant) -> str | None:
    return support_decision(
        or_none(participant.decided_by),
        or_none(participant.others_consulted),
        or_none(participant.contact_consulted),
    )


def _support_decision(
    ground: Ground, participant: Participant, where: Mapping[str, str]
) -> Observation:
    records = _joined(participant, "decided_by", "others_consulted", "contact_consulted")
    return _single(_decision(participant), records)


def _support_level(
    ground: Ground, participant: Participant, where: Mapping[str, str]
) -> Observation:
    level = support_level(
        _decision(participant),
        or_none(participant.motive),
        learning_with_moderate=ground.learning_with_moderate,
    )
    return _single(
        level,
        _joined(participant, "decided_by", "others_consulted", "contact_consulted", "motive"),
    )


def _single(value: str | None, records: Iterable[Record]) -> Observation:
    return Observation(() if value is None else (value,), tuple(records))


# --- Involvement, a phase at a time -------------------------------------------------------------


def _of_involvement(ground: Ground) -> Iterator[Variable]:
    recorded = {record.name for p in ground.participants for record in p.involvements}
    for phase in InvolvementPhase.values:
        if phase in recorded:
            name = f"involved_in_{phase}"
            yield Variable(name, ORDINAL, YES_NO, "involvement", _involved_in(phase))
    if recorded:
        yield Variable("involved", ORDINAL, YES_NO, "involvement", _involved)


def _involved_in(phase: str) -> Observe:
    def observe(ground: Ground, participant: Participant, where: Mapping[str, str]) -> Observation:
        records = [record for record in participant.involvements if record.name == phase]
        return _single(involved(or_none(record.value) for record in records), records)

    return observe


def _involved(ground: Ground, participant: Participant, where: Mapping[str, str]) -> Observation:
    records = participant.involvements
    return _single(involved(or_none(record.value) for record in records), records)


# --- Coded, and derived from codings ------------------------------------------------------------


def _of_codebook(ground: Ground) -> Iterator[Variable]:
    for spec in ground.specs:
        yield coded(spec, ground.qualifiers.get(spec.code, {}))
    codes = {spec.code for spec in ground.specs}
    if EXPERIENCE in codes:
        yield _counted("social_learning_experiences", EXPERIENCE, _experiences)
        yield _levelled("social_learning_level", EXPERIENCE, _experiences)
    if INFORMED in codes:
        yield _counted("agenda_learning_audiences", INFORMED, _audiences)
        yield _levelled("agenda_learning_level", INFORMED, _audiences)
    if POLITICAL in codes:
        yield Variable("political_learning", ORDINAL, YES_NO, f"derived:{POLITICAL}", _political)


type Count = Callable[[list[CodingRow]], int]


def _experiences(rows: list[CodingRow]) -> int:
    return social_learning(row.value for row in rows)


def _audiences(rows: list[CodingRow]) -> int:
    return agenda_learning(
        (row.qualifiers.get("audience", row.value), row.qualifiers.get("results", ""))
        for row in rows
    )


def _counted(name: str, of: str, count: Count) -> Variable:
    return Variable(name, COUNT, (), f"derived:{of}", _derive(of, lambda rows: str(count(rows))))


def _levelled(name: str, of: str, count: Count) -> Variable:
    observe = _derive(of, lambda rows: level_of(count(rows)))
    return Variable(name, ORDINAL, LEARNING_LEVELS, f"derived:{of}", observe)


def _political(ground: Ground, participant: Participant, where: Mapping[str, str]) -> Observation:
    return _derive(POLITICAL, lambda rows: political_learning(row.value for row in rows))(
        ground, participant, where
    )


def _derive(of: str, value: Callable[[list[CodingRow]], str]) -> Observe:
    """Derived from all codings of a variable. Who was spoken with and mentioned nothing has none;
    a coding that says "missing", or no conversation at all, leaves it unknown."""

    def observe(ground: Ground, participant: Participant, where: Mapping[str, str]) -> Observation:
        rows = ground.coded.get((of, participant.organisation_id), [])
        said = [row for row in rows if known(row.value)]
        records = tuple(record_of(row) for row in rows)
        spoken_with = participant.organisation_id in ground.spoken_with
        return _single(None if not spoken_with or (rows and not said) else value(said), records)

    return observe
