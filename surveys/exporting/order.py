"""The order in which shuffled questions were shown: for each of them its place on its page."""

from collections.abc import Iterable, Sequence

import numpy as np
from django.utils.translation import gettext_lazy as _

from surveys.enums import KINDS_UNNUMBERED, ResponseState
from surveys.exporting.items import in_both
from surveys.exporting.table import Array, Column
from surveys.exporting.variables import Kind, Missing, Variable, valid_names
from surveys.models import Item, Response, Wave

ENDING = "_place"
RESPONDENTS = 10_000


def order_columns(
    wave: Wave, items: Sequence[Item], keys: Array, *, taken: Iterable[str]
) -> list[Column]:
    """A column for each question of a shuffled page, from 1; empty where no order was drawn (on
    paper, from a file). None at all where nothing is shuffled. `keys` in ascending order."""
    shuffled = [
        item for item in items if item.block.random_order and item.kind not in KINDS_UNNUMBERED
    ]
    if not shuffled:
        return []
    names = valid_names([*taken, *(f"{item.code}{ENDING}" for item in shuffled)])
    columns = {item.pk: _empty(item, names, len(keys)) for item in shuffled}
    rows = Response.objects.filter(wave=wave, state=ResponseState.SUBMITTED).order_by()
    for key, orders in rows.values_list("pk", "shown_order").iterator(chunk_size=RESPONDENTS):
        at = int(np.searchsorted(keys, key))
        for order in orders.values():
            _place(columns, [item for item in order if item in columns], at)
    return list(columns.values())


def _place(columns: dict[int, Column], order: Sequence[int], at: int) -> None:
    for place, item in enumerate(order, start=1):
        columns[item].values[at] = place
        columns[item].missing[at] = Missing.PRESENT


def _empty(item: Item, names: dict[str, str], rows: int) -> Column:
    code = f"{item.code}{ENDING}"
    text = {"nl": item.text_nl or item.text_en, "en": item.text_en or item.text_nl}
    words = in_both(_("place on the page"))
    label = {language: f"{words[language]}: {text[language]}" for language in text}
    variable = Variable(code, names[code], Kind.CODED, label, "ordinal", item=item.code)
    missing = np.full(rows, Missing.NOT_ANSWERED, np.int8)
    return Column(variable, np.zeros(rows, np.int16), missing)
