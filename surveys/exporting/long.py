"""The same answers a row each: response, item, value; what was left open has no row."""

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext_lazy as _

from surveys.exporting.items import in_both
from surveys.exporting.table import Array, Column, Table, full_column, text_column
from surveys.exporting.variables import TOKENS, Kind, Missing, Variable

LABELS = {
    "item": _("Item, as in the codebook"),
    "value": _("Value: a point of the scale, an option, or a number"),
    "missing": _("Why there is no value"),
    "text": _("Text or date"),
}


def long_table(table: Table, remarks: Sequence[tuple[str, str]] = ()) -> Table:
    """The answers of a wide table, response by response, and after them `remarks`: pairs of item
    and text that belong to no response that anyone may know of."""
    about = [column for column in table.columns if not column.variable.item]
    answers = [column for column in table.columns if column.variable.item]
    missing = np.array([column.missing for column in answers], np.int8).reshape(len(answers), -1).T
    responses, items = np.nonzero(missing != Missing.NOT_ANSWERED)
    loose = len(remarks)
    columns = [_repeated(column, responses, loose) for column in about]
    names = [column.variable.code for column in answers]
    columns.append(_items(names, items, [item for item, _text in remarks]))
    columns.append(_values(answers, responses, items, loose))
    columns.append(_why(missing[responses, items], loose))
    texts = _texts(answers, responses, items, [text for _item, text in remarks])
    if texts is not None:
        columns.append(texts)
    return Table(table.title, columns, len(responses) + loose, table.notes)


def _variable(name: str, kind: Kind, level: str = "nominal") -> Variable:
    return Variable(name, name, kind, in_both(LABELS[name]), level)


def _repeated(column: Column, responses: Array, loose: int) -> Column:
    """What is known of a response, beside each of its answers; of a loose remark nothing is."""
    empty = np.zeros(loose, column.values.dtype)
    missing = np.full(loose, Missing.NOT_ANSWERED, np.int8)
    return Column(
        column.variable,
        np.concatenate([column.values[responses], empty]),
        np.concatenate([column.missing[responses], missing]),
        column.categories,
    )


def _items(names: Sequence[str], items: Array, loose: Sequence[str]) -> Column:
    known = list(dict.fromkeys([*names, *loose]))
    places = np.array([known.index(name) for name in loose], np.int32)
    codes = np.concatenate([items.astype(np.int32), places])
    return full_column(_variable("item", Kind.CATEGORY), codes, known)


def _values(answers: Sequence[Column], responses: Array, items: Array, loose: int) -> Column:
    """The number that each answer is; none for a text or a date."""
    values = np.zeros(len(items) + loose)
    missing = np.full(len(items) + loose, Missing.NOT_ANSWERED, np.int8)
    for at, column in enumerate(answers):
        if column.variable.kind in (Kind.CODED, Kind.NUMBER):
            mine = np.flatnonzero(items == at)
            values[mine] = column.values[responses[mine]]
            present = column.missing[responses[mine]] == Missing.PRESENT
            missing[mine] = np.where(present, Missing.PRESENT, Missing.NOT_ANSWERED)
    return Column(_variable("value", Kind.NUMBER, "scale"), values, missing)


def _why(missing: Array, loose: int) -> Column:
    """The kind of missing in words, empty where there is a value."""
    codes = np.concatenate([missing.astype(np.int32), np.zeros(loose, np.int32)])
    empty = np.where(codes == Missing.PRESENT, Missing.NOT_ANSWERED, Missing.PRESENT)
    words = [TOKENS[kind] for kind in Missing]
    return Column(_variable("missing", Kind.CATEGORY), codes, empty.astype(np.int8), words)


def _texts(
    answers: Sequence[Column], responses: Array, items: Array, loose: Sequence[str]
) -> Column | None:
    """Texts and dates as text; None where nothing is either."""
    with_text = [column.variable.kind in (Kind.TEXT, Kind.DATE) for column in answers]
    if not any(with_text) and not loose:
        return None
    texts = np.full(len(items) + len(loose), "", dtype=object)
    for at, column in enumerate(answers):
        if with_text[at]:
            mine = np.flatnonzero(items == at)
            rows = responses[mine]
            given = column.values[rows]
            if column.variable.kind == Kind.DATE:
                given = given.astype("datetime64[D]").astype(str)
            texts[mine] = np.where(column.missing[rows] == Missing.PRESENT, given, "")
    texts[len(items) :] = loose
    return text_column(_variable("text", Kind.TEXT), texts.tolist())
