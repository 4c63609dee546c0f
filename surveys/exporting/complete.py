"""Respondents who answered every one of some items, as rows of numbers."""

from collections.abc import Sequence

import numpy as np

from surveys.enums import ResponseState
from surveys.exporting.answers import load_columns
from surveys.exporting.items import columns_of, items_of
from surveys.exporting.variables import Missing
from surveys.models import Response, Wave


def complete_cases(wave: Wave, codes: Sequence[str]) -> list[list[int]]:
    """The values of these statements, in this order, of each respondent who answered them all."""
    by_code = {item.code: item for item in items_of(wave.version_id)}
    asked = columns_of([by_code[code] for code in codes])
    rows = Response.objects.filter(wave=wave, state=ResponseState.SUBMITTED).order_by("pk")
    keys = np.fromiter(rows.values_list("pk", flat=True).iterator(), np.int64)
    columns = load_columns(wave, asked, keys, step=lambda _done: None)
    complete = np.all([column.missing == Missing.PRESENT for column in columns], axis=0)
    values = np.array([column.values for column in columns]).T
    found: list[list[int]] = values[complete].tolist()
    return found
