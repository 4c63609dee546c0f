"""Who wasn't asked: the conditions of items, worked out for all respondents at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from surveys.exporting.items import ItemColumn
from surveys.exporting.table import Array, Column
from surveys.exporting.variables import Kind, Missing

type Asked = Mapping[str, Sequence[tuple[ItemColumn, Column]]]
"""The columns of each item, by its code."""


def mark_not_asked(asked: Sequence[ItemColumn], columns: Sequence[Column]) -> None:
    """What somebody left open because it wasn't asked gets that kind of missing."""
    by_code: dict[str, list[tuple[ItemColumn, Column]]] = {}
    for column, data in zip(asked, columns, strict=True):
        by_code.setdefault(column.item.code, []).append((column, data))
    for column, data in zip(asked, columns, strict=True):
        if column.item.conditions:
            shown = _holds(column.item.conditions, by_code, len(data.missing))
            data.missing[~shown & (data.missing == Missing.NOT_ANSWERED)] = Missing.NOT_ASKED


def _holds(groups: Sequence[Sequence[Mapping[str, Any]]], asked: Asked, rows: int) -> Array:
    """Of each group at least one test holds."""
    found = np.ones(rows, bool)
    for group in groups:
        any_of = np.zeros(rows, bool)
        for test in group:
            any_of |= _passes(test, asked[test["item"]])
        found &= any_of
    return found


def _passes(test: Mapping[str, Any], columns: Sequence[tuple[ItemColumn, Column]]) -> Array:
    """The respondents whose earlier answer passes a test."""
    kind, missing = test["test"], columns[0][1].missing
    answered = np.any([data.missing == Missing.PRESENT for _column, data in columns], axis=0)
    absent = missing == Missing.NOT_APPLICABLE
    simple = {"answered": answered | absent, "not_applicable": absent}
    simple["is_open"] = ~(answered | absent)
    if kind in simple:
        return simple[kind]
    if kind in ("at_least", "at_most"):
        return answered & _bounded(columns[0][1], test["values"], kind)
    one_of = _one_of(columns, test["values"])
    return answered & (one_of if kind == "is" else ~one_of)


def _bounded(data: Column, values: Sequence[str], kind: str) -> Array:
    (bound,) = values
    limit = _number(bound, data.variable.kind)
    return data.values >= limit if kind == "at_least" else data.values <= limit


def _one_of(columns: Sequence[tuple[ItemColumn, Column]], values: Sequence[str]) -> Array:
    """Is the answer, or one of those chosen, among the values?"""
    found = np.zeros(len(columns[0][1].missing), bool)
    for column, data in columns:
        present = data.missing == Missing.PRESENT
        if column.option is not None:
            if str(column.option) in values:
                found |= present & (data.values > 0)
        else:
            wanted = [_number(value, data.variable.kind) for value in values]
            found |= present & np.isin(data.values, wanted)
    return found


def _number(text: str, kind: Kind) -> float:
    if kind == Kind.DATE:
        return float(np.datetime64(text, "D").astype(int))
    return float(text)
