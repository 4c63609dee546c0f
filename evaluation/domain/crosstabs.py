"""Laying one variable beside another: who stands where, and how far they go together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.utils.translation import gettext as _

from core.exceptions import InvalidInput
from evaluation.domain.ground import Ground, natural
from evaluation.domain.registry import variables_of
from evaluation.domain.variables import Observation, Variable, find_variable, observe_all


@dataclass(frozen=True, slots=True)
class Cell:
    """One non-empty cell: the organisations that have both values."""

    row: str
    column: str
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crosstab:
    """Two variables beside each other.

    Every organisation that `where` leaves in is in a cell or in `missing`; `n` is the number of
    different organisations in cells (one with several values stands in several cells).
    """

    rows: Variable
    columns: Variable
    where: Mapping[str, str]
    cells: tuple[Cell, ...]
    missing: tuple[str, ...]
    n: int
    seen_rows: Mapping[str, Observation]
    seen_columns: Mapping[str, Observation]

    def ranks(self) -> tuple[list[int], list[int]]:
        """The two values of each organisation, as ranks; only where each has one."""
        first, second = [], []
        for cell in self.cells:
            first += [self.rows.rank(cell.row)] * len(cell.organisations)
            second += [self.columns.rank(cell.column)] * len(cell.organisations)
        return first, second


def lay_beside(
    ground: Ground, rows: str, columns: str, *, where: Mapping[str, str] | None = None
) -> Crosstab:
    """The cross table of two variables.

    `where` narrows it: by a variable, to the organisations with that value; by a qualifier of one
    of the two variables, to the codings that were said of that circumstance. Raises InvalidInput
    for a name or a value that isn't known.
    """
    variables = variables_of(ground)
    first, second = find_variable(variables, rows), find_variable(variables, columns)
    organisations, codings = _split(ground, variables, (first, second), where or {})
    taking_part = [p.reference for p in ground.participants]
    for name, value in organisations.items():
        seen = observe_all(variables[name], ground)
        taking_part = [reference for reference in taking_part if value in seen[reference].values]
    seen_rows = observe_all(first, ground, _own(first, codings))
    seen_columns = observe_all(second, ground, _own(second, codings))
    cells = _cells(first, second, taking_part, seen_rows, seen_columns)
    placed = {reference for cell in cells for reference in cell.organisations}
    return Crosstab(
        rows=first,
        columns=second,
        where=dict(where or {}),
        cells=tuple(cells),
        missing=tuple(sorted(set(taking_part) - placed, key=natural)),
        n=len(placed),
        seen_rows=seen_rows,
        seen_columns=seen_columns,
    )


def _own(variable: Variable, codings: Mapping[str, str]) -> dict[str, str]:
    """The qualifiers in a narrowing that this variable has."""
    return {name: value for name, value in codings.items() if name in variable.qualifiers}


def _split(
    ground: Ground,
    variables: Mapping[str, Variable],
    pair: Sequence[Variable],
    where: Mapping[str, str],
) -> tuple[dict[str, str], dict[str, str]]:
    """The narrowing by variables, and that by qualifiers of the two."""
    organisations, codings = {}, {}
    for name, value in where.items():
        if name in variables:
            _check_value(name, value, variables[name].values)
            organisations[name] = value
            continue
        allowed = {
            each
            for variable in pair
            for each in ground.qualifiers.get(variable.name, {}).get(name, set())
        }
        if not allowed:
            raise InvalidInput(_unknown_narrowing(name, variables, pair))
        _check_value(name, value, sorted(allowed))
        codings[name] = value
    return organisations, codings


def _check_value(name: str, value: str, allowed: Sequence[str]) -> None:
    if value in allowed or (not allowed and value.isascii() and value.isdigit()):
        return
    raise InvalidInput(
        _("“%(value)s” is no value of %(name)s; known are: %(known)s.")
        % {"value": value, "name": name, "known": ", ".join(allowed) or _("whole numbers")}
    )


def _unknown_narrowing(
    name: str, variables: Mapping[str, Variable], pair: Sequence[Variable]
) -> str:
    qualifiers = sorted({each for variable in pair for each in variable.qualifiers})
    return _(
        "Can't narrow by “%(name)s”: it is no variable, nor a qualifier of %(rows)s or "
        "%(columns)s. Qualifiers: %(qualifiers)s. Variables: %(known)s."
    ) % {
        "name": name,
        "rows": pair[0].name,
        "columns": pair[1].name,
        "qualifiers": ", ".join(qualifiers) or _("none"),
        "known": ", ".join(variables),
    }


def _cells(
    first: Variable,
    second: Variable,
    taking_part: Sequence[str],
    seen_rows: Mapping[str, Observation],
    seen_columns: Mapping[str, Observation],
) -> list[Cell]:
    """Non-empty cells in the order of the values, organisations in natural order."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for reference in sorted(taking_part, key=natural):
        for pair in product(seen_rows[reference].values, seen_columns[reference].values):
            found[pair].append(reference)
    places = sorted(found, key=lambda pair: (first.rank(pair[0]), second.rank(pair[1])))
    return [Cell(*place, tuple(found[place])) for place in places]


def table_of(crosstab: Crosstab) -> dict[str, Any]:
    """The cells, the missing and n, as JSON has them."""
    return {
        "cells": [
            {"row": cell.row, "column": cell.column, "organisations": list(cell.organisations)}
            for cell in crosstab.cells
        ],
        "missing": list(crosstab.missing),
        "n": crosstab.n,
    }
