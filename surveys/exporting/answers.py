"""Answers from the database into columns, some thousands of respondents at a time."""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from surveys.enums import ItemKind, ResponseState
from surveys.exporting.items import ItemColumn
from surveys.exporting.table import Array, Column
from surveys.exporting.variables import Kind, Missing
from surveys.models import Answer, Response, Wave

RESPONDENTS = 10_000
"""How many respondents are read at a time, at least."""
MOST_PARTS = 20
"""A database without statistics walks through the whole wave for each part: their number may not
grow with the wave, or the time would grow with its square."""
ONE_VALUE = frozenset({ItemKind.STATEMENT, ItemKind.SINGLE})
NOT_APPLICABLE = -1


def load_columns(
    wave: Wave, asked: Sequence[ItemColumn], responses: Array, *, step: Callable[[float], None]
) -> list[Column]:
    """The columns of a wave's items for these responses: primary keys in ascending order."""
    loading = _Loading(wave, asked, responses)
    size = max(RESPONDENTS, math.ceil(len(responses) / MOST_PARTS))
    for start in range(0, len(responses), size):
        stop = min(start + size, len(responses))
        loading.load(start, stop)
        step(stop / len(responses))
    return loading.columns


class _Loading:
    def __init__(self, wave: Wave, asked: Sequence[ItemColumn], responses: Array) -> None:
        self.wave, self.responses = wave, responses
        self.columns = [_empty(column, len(responses)) for column in asked]
        self.of_item: dict[int, list[tuple[ItemColumn, Column]]] = {}
        for column, data in zip(asked, self.columns, strict=True):
            self.of_item.setdefault(column.item.pk, []).append((column, data))
        kinds = {column.item.pk: column.item.kind for column in asked}
        self.simple = [item for item, kind in kinds.items() if kind in ONE_VALUE]
        self.others = [item for item, kind in kinds.items() if kind not in ONE_VALUE]

    def load(self, start: int, stop: int) -> None:
        """Read the answers of the responses from `start` up to `stop`."""
        part = (int(self.responses[start]), int(self.responses[stop - 1]))
        mine = Response.objects.filter(
            wave=self.wave, state=ResponseState.SUBMITTED, pk__range=part
        )
        # The range is said of both tables: PostgreSQL doesn't conclude the one from the other.
        rows = Answer.objects.filter(
            response_id__gte=part[0],
            response_id__lte=part[1],
            response__in=mine.order_by().values("pk"),
        ).order_by()
        if self.simple:
            self._values(rows.filter(item__in=self.simple))
        if self.others:
            self._other_kinds(rows.filter(item__in=self.others))

    def _values(self, rows: QuerySet[Answer]) -> None:
        """Answers that are a single value, as whole arrays."""
        value = Coalesce("value", Value(NOT_APPLICABLE))
        found = _matrix(rows.values_list("response_id", "item_id", value))
        places = np.searchsorted(self.responses, found[:, 0])
        for item in self.simple:
            mine = found[:, 1] == item
            at, given = places[mine], found[mine, 2]
            ((_asked, data),) = self.of_item[item]
            absent = given == NOT_APPLICABLE
            data.values[at] = np.where(absent, 0, given)
            data.missing[at] = np.where(absent, Missing.NOT_APPLICABLE, Missing.PRESENT)

    def _other_kinds(self, rows: QuerySet[Answer]) -> None:
        names = ("response_id", "item_id", "not_applicable", "number", "day", "chosen", "text")
        for response, item, absent, *given in rows.values_list(*names).iterator(chunk_size=2000):
            at = int(np.searchsorted(self.responses, response))
            for asked, data in self.of_item[item]:
                if absent:
                    data.missing[at] = Missing.NOT_APPLICABLE
                else:
                    _put(asked, data, at, *given)


def _empty(column: ItemColumn, rows: int) -> Column:
    missing = np.full(rows, Missing.NOT_ANSWERED, np.int8)
    return Column(column.variable, _zeros(column.variable.kind, rows), missing)


def _zeros(kind: Kind, rows: int) -> Array:
    if kind == Kind.TEXT:
        return np.full(rows, "", dtype=object)
    return np.zeros(rows, {Kind.CODED: np.int16, Kind.NUMBER: np.float64}.get(kind, np.int32))


def _matrix(rows: QuerySet[Any, Any]) -> Array:
    """Rows of three whole numbers as an array, without an object a number in between."""
    found = rows.iterator(chunk_size=20_000)
    flat: Iterator[int] = itertools.chain.from_iterable(found)
    return np.fromiter(flat, np.int64).reshape(-1, 3)


def _put(
    asked: ItemColumn, data: Column, at: int, number: Any, day: Any, chosen: str, text: str
) -> None:
    """Write one answer of a kind that isn't a single value into its column."""
    kind = asked.item.kind
    if kind in (ItemKind.MULTIPLE, ItemKind.RANKING):
        values = [int(value) for value in chosen.strip(",").split(",") if value]
        place = values.index(asked.option) + 1 if asked.option in values else 0
        if kind == ItemKind.RANKING and not place:
            return
        data.values[at] = place if kind == ItemKind.RANKING else int(place > 0)
    elif kind == ItemKind.NUMBER:
        data.values[at] = float(number)
    elif kind == ItemKind.DATE:
        data.values[at] = np.datetime64(day, "D").astype(np.int32)
    else:
        data.values[at] = text
    data.missing[at] = Missing.PRESENT
