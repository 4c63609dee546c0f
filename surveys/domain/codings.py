"""What is read from interviews: a codebook, and codings under it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from benchmarks.models import Cycle, Programme
from core.exceptions import InvalidInput
from people.models import Organisation
from surveys.models import Codebook, CodedVariable, Coding, Level

MISSING_VALUES = frozenset({"missing", "unknown"})
"""Spellings of a value that is not there. A codebook may list "unknown" as a value of its own."""


@dataclass(frozen=True, slots=True)
class VariableSpec:
    """A variable as a codebook defines it; `values` lowest first where it is ordinal."""

    code: str
    meaning: str
    meaning_en: str
    values: tuple[str, ...]
    level: str = Level.NOMINAL
    several: bool = False
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class NewCoding:
    """A coding to be stored."""

    variable: str
    organisation: Organisation
    value: str
    source: str
    passage: str = ""
    qualifiers: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def make_codebook(programme: Programme, *, variables: Iterable[VariableSpec]) -> Codebook:
    """The programme's codebook with exactly these variables.

    A codebook never changes: if the newest version differs, a next one is made.
    """
    wanted = list(variables)
    newest = programme.codebooks.order_by("-version").first()
    if newest is not None and [_spec(row) for row in newest.variables.all()] == wanted:
        return newest
    codebook = Codebook.objects.create(
        programme=programme, version=(newest.version + 1 if newest else 1)
    )
    for spec in wanted:
        CodedVariable.objects.create(codebook=codebook, **_fields(spec))
    return codebook


def _fields(spec: VariableSpec) -> dict[str, Any]:
    names = ("code", "meaning", "meaning_en", "level", "several", "dimension")
    return {name: getattr(spec, name) for name in names} | {"values": list(spec.values)}


def _spec(row: CodedVariable) -> VariableSpec:
    return VariableSpec(
        code=row.code,
        meaning=row.meaning,
        meaning_en=row.meaning_en,
        values=tuple(row.values),
        level=row.level,
        several=row.several,
        dimension=row.dimension,
    )


def record_coding(
    variable: CodedVariable,
    *,
    cycle: Cycle,
    organisation: Organisation,
    coder: str,
    value: str,
    source: str,
    passage: str = "",
    qualifiers: Mapping[str, str] | None = None,
    coder_user: Any = None,
) -> Coding:
    """Store one coder's value with the passage it rests on. Raises InvalidInput for a value that
    the codebook doesn't have."""
    _check_value(variable, value)
    return Coding.objects.create(
        variable=variable,
        cycle=cycle,
        organisation=organisation,
        coder=coder,
        coder_user=coder_user,
        value=value,
        source=source,
        passage=passage,
        qualifiers=dict(qualifiers or {}),
    )


def _check_value(variable: CodedVariable, value: str) -> None:
    if value in variable.values or value in MISSING_VALUES:
        return
    raise InvalidInput(
        _("“%(value)s” is no value of %(variable)s; the codebook has: %(values)s.")
        % {"value": value, "variable": variable.code, "values": ", ".join(variable.values)}
    )


@transaction.atomic
def replace_codings(
    codebook: Codebook, *, cycle: Cycle, coder: str, codings: Iterable[NewCoding]
) -> bool:
    """Make these the codings of this coder in the cycle; False when they already were."""
    variables = {row.code: row for row in codebook.variables.all()}
    wanted = list(codings)
    stored = Coding.objects.filter(
        variable__codebook__programme=codebook.programme, cycle=cycle, coder=coder
    ).order_by("id")
    if [_told(row) for row in stored.select_related("variable")] == [
        (
            variables[new.variable].pk,
            new.organisation.pk,
            new.value,
            new.source,
            new.passage,
            dict(new.qualifiers),
        )
        for new in wanted
    ]:
        return False
    stored.delete()
    for new in wanted:
        _check_value(variables[new.variable], new.value)
    Coding.objects.bulk_create(
        Coding(
            variable=variables[new.variable],
            cycle=cycle,
            organisation=new.organisation,
            coder=coder,
            value=new.value,
            source=new.source,
            passage=new.passage,
            qualifiers=dict(new.qualifiers),
        )
        for new in wanted
    )
    return True


def _told(row: Coding) -> tuple[Any, ...]:
    """What a stored coding says, to compare with a new one."""
    return (
        row.variable_id,
        row.organisation_id,
        row.value,
        row.source,
        row.passage,
        row.qualifiers,
    )
