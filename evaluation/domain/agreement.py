"""Do coders who read the same see the same? For each variable that more than one of them coded.

A unit is one organisation in one cycle, under the same circumstances (qualifiers). Of a variable
that may have several values, each organisation and value is a unit: does the coder see it there?
Missing and not discussed are no values: a unit counts where at least two coders give one.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from benchmarks.models import Programme
from core.exceptions import InvalidInput
from evaluation.measures.agreement import Agreement, agreement
from evaluation.measures.alpha import Level
from surveys.evidence import (
    NO_VALUES,
    CodedVariableRow,
    CodingRow,
    coded_variables,
    codings,
    interview_rounds,
)

SEEN = ("no", "yes")
PERCENT = 100
type Unit = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class VariableAgreement:
    """The agreement on one variable, and who coded it."""

    variable: CodedVariableRow
    coders: tuple[str, ...]
    found: Agreement


def agreement_on(
    programme: Programme, *, round: str | None = None, variable: str | None = None
) -> list[VariableAgreement]:
    """The agreement on each variable that more than one coder coded, in the codebook's order.

    `round` (a round of interviews by its name, else a cycle by its) and `variable` narrow it down.
    Raises InvalidInput for a name that isn't there.
    """
    specs = {spec.code: spec for spec in coded_variables(programme.pk)}
    _refuse_unknown(_("variable"), variable, specs)
    belongs = _belongs(programme, round)
    rows: dict[str, list[CodingRow]] = defaultdict(list)
    for row in codings(programme.pk):
        if belongs(row) and not row.adjudicates:
            rows[row.variable].append(row)
    wanted = [specs[variable]] if variable else specs.values()
    return [found for spec in wanted if (found := _of(spec, rows[spec.code]))]


def _belongs(programme: Programme, round: str | None) -> Callable[[CodingRow], bool]:
    """Whether a coding is of the round: of interviews where one has this name, else of a cycle."""
    rounds = interview_rounds(programme.pk)
    cycles = dict(programme.cycles.values_list("name", "pk"))
    _refuse_unknown(_("round"), round, [*rounds, *cycles])
    if round is None:
        return lambda row: True
    if round in rounds:
        return lambda row: row.round_id in rounds[round]
    return lambda row: row.cycle_id == cycles[round]


def _of(spec: CodedVariableRow, rows: Sequence[CodingRow]) -> VariableAgreement | None:
    coders = _coders(rows)
    if len(coders) < 2:
        return None
    if spec.several:
        found = agreement(_units_of_several(rows, coders))
    else:
        level: Level = "ordinal" if spec.level == "ordinal" else "nominal"
        order = spec.values if level == "ordinal" else None
        found = agreement(_units(rows, coders, spec.values), level=level, order=order)
    return VariableAgreement(spec, coders, found)


def _coders(rows: Sequence[CodingRow]) -> tuple[str, ...]:
    """Who shares a unit with another coder; everybody who gave a value, where nobody does."""
    by_unit: dict[Unit, set[str]] = defaultdict(set)
    for row in rows:
        if row.value not in NO_VALUES:
            by_unit[_unit(row)].add(row.coder)
    shared = [coders for coders in by_unit.values() if len(coders) > 1]
    return tuple(sorted(set().union(*(shared or by_unit.values()))))


def _unit(row: CodingRow) -> Unit:
    return (
        row.organisation_id,
        row.cycle_id,
        row.text_id,
        tuple(sorted(row.qualifiers.items())),
    )


def _units(
    rows: Iterable[CodingRow], coders: Sequence[str], values: Sequence[str]
) -> list[list[str | None]]:
    """A row for each unit, with the value of each coder; None for no value."""
    given: dict[Unit, dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row.value in values:
            given[_unit(row)][row.coder] = row.value
    return [[by.get(coder) for coder in coders] for _key, by in sorted(given.items(), key=repr)]


def _units_of_several(rows: Sequence[CodingRow], coders: Sequence[str]) -> list[list[str | None]]:
    """A row for each unit and value, "yes" or "no" for each coder who coded the unit at all."""
    given: dict[Unit, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if row.value not in NO_VALUES:
            given[_unit(row)][row.coder].add(row.value)
    values = sorted({row.value for row in rows} - NO_VALUES)
    return [
        [SEEN[value in by[coder]] if coder in by else None for coder in coders]
        for _key, by in sorted(given.items(), key=repr)
        for value in values
    ]


def _refuse_unknown(what: str, named: str | None, known: Iterable[str]) -> None:
    listed = list(known)
    if named is not None and named not in listed:
        raise InvalidInput(
            _("There is no %(what)s “%(named)s”; known are: %(known)s.")
            % {"what": what, "named": named, "known": ", ".join(listed) or _("none")}
        )


def agreement_as_json(found: VariableAgreement) -> dict[str, Any]:
    """What `benchlearn agreement --json` prints of a variable; `percent` from 0 to 100."""
    measured = found.found
    return {
        "variable": found.variable.code,
        "level": found.variable.level,
        "units": measured.units,
        "coders": measured.coders,
        "percent": None if measured.percent is None else PERCENT * measured.percent,
        "kappa": measured.kappa,
        "weights": measured.weights,
        "alpha": measured.alpha,
        "alpha_interval": measured.alpha_interval and list(measured.alpha_interval),
    }
