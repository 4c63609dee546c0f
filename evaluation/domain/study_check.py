"""Where a published study and Benchlearn differ, organisation by organisation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme
from core.exceptions import InvalidInput
from evaluation.domain.ground import Ground, Record, load_ground
from evaluation.domain.registry import variables_of
from evaluation.domain.variables import Observation, find_variable, observe_all
from evaluation.models import PublishedValue

OTHER_VALUE, NOT_PUBLISHED, NOT_COMPUTED = "other_value", "not_published", "not_computed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the two differ. `kind`: the study says another value, places the
    organisation nowhere in the table, or places it where Benchlearn can compute nothing."""

    table: str
    organisation: str
    variable: str
    published: str | None
    computed: str | None
    kind: str
    published_source: str
    records: tuple[Record, ...]
    """What the computed value rests on; none means that nothing was recorded."""


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """One derived table of the study. `same` counts values (row and column each) that agree."""

    table: str
    rows: str
    columns: str
    published: int
    same: int
    differences: tuple[Difference, ...]


def check_study(programme: Programme) -> tuple[CheckedTable, ...]:
    """Every derived table that the study published, beside what Benchlearn computes.

    Raises InvalidInput for a programme that is no published study.
    """
    if programme.kind != ProgrammeKind.STUDY:
        raise InvalidInput(
            _("%(code)s is no published study: there is nothing to compare with.")
            % {"code": programme.code}
        )
    ground = load_ground(programme)
    published: dict[str, list[PublishedValue]] = defaultdict(list)
    for value in PublishedValue.objects.filter(programme=programme):
        published[value.table].append(value)
    return tuple(_check_table(ground, table, values) for table, values in published.items())


def _check_table(ground: Ground, table: str, values: list[PublishedValue]) -> CheckedTable:
    variables = variables_of(ground)
    reference_of = {p.organisation_id: p.reference for p in ground.participants}
    by_reference = {reference_of[value.organisation_id]: value for value in values}
    sides = [(values[0].row_variable, "row")]
    if values[0].column_variable:
        sides.append((values[0].column_variable, "column"))
    differences: list[Difference] = []
    same = 0
    for name, side in sides:
        seen = observe_all(find_variable(variables, name), ground)
        found = list(_differences(table, name, side, seen, by_reference))
        same += len(seen) - len(found)
        differences += found
    return CheckedTable(
        table=table,
        rows=values[0].row_variable,
        columns=values[0].column_variable,
        published=len(values),
        same=same,
        differences=tuple(differences),
    )


def _differences(
    table: str,
    variable: str,
    side: str,
    seen: Mapping[str, Observation],
    published: Mapping[str, PublishedValue],
) -> Iterable[Difference]:
    for reference, observation in seen.items():
        value = published.get(reference)
        says = getattr(value, side) if value else None
        computes = observation.values[0] if observation.values else None
        if says != computes:
            yield Difference(
                table=table,
                organisation=reference,
                variable=variable,
                published=says,
                computed=computes,
                kind=_kind(says, computes),
                published_source=value.source if value else "",
                records=observation.records,
            )


def _kind(published: str | None, computed: str | None) -> str:
    if published is None:
        return NOT_PUBLISHED
    return NOT_COMPUTED if computed is None else OTHER_VALUE
