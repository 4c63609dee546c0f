"""What is read from interviews: a codebook, and codings under it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from benchmarks.models import Cycle, Programme
from core.exceptions import InvalidInput
from people.models import Organisation
from surveys.codebooks.spec import NO_VALUES, VariableSpec
from surveys.models import Codebook, CodedVariable, Coding

__all__ = ["NewCoding", "VariableSpec", "make_codebook", "record_coding", "replace_codings"]


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
    if newest is not None and [spec_of(row) for row in newest.variables.all()] == wanted:
        return newest
    codebook = Codebook.objects.create(
        programme=programme, version=(newest.version + 1 if newest else 1)
    )
    for spec in wanted:
        CodedVariable.objects.create(codebook=codebook, **_stored(spec))
    return codebook


def _stored(spec: VariableSpec) -> dict[str, Any]:
    return asdict(spec) | {"values": list(spec.values)}


def spec_of(row: CodedVariable) -> VariableSpec:
    """A stored variable as a plain object."""
    told = {each.name: getattr(row, each.name) for each in fields(VariableSpec)}
    return VariableSpec(**told | {"values": tuple(row.values)})


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
    check_value(variable, value)
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


def check_value(variable: CodedVariable, value: str) -> None:
    """Raises InvalidInput for a value that the codebook doesn't have."""
    if value in variable.values or value in NO_VALUES:
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
        check_value(variables[new.variable], new.value)
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
