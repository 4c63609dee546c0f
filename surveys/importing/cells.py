"""What a cell of an imported file says, by the kind of its item. Nothing is stored here."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from core.formulas import unharmed
from surveys.enums import LONGEST_REMARK, LONGEST_SHORT_TEXT, Agreement, ItemKind
from surveys.models import Item

NOT_APPLICABLE_WORDS = frozenset({"na", "n/a", "n.a.", "nvt", "n.v.t.", "not applicable"})
NOT_APPLICABLE = -1
OPEN = -2
"""Codes beside the values of an item, which are 0 and up."""
ONE_VALUE = frozenset({ItemKind.STATEMENT, ItemKind.SINGLE})
LARGEST_NUMBER = Decimal(10) ** 14


class Wrong(ValueError):
    """A cell that can't be an answer; the message says why, for whoever made the file."""


def values_of(item: Item) -> dict[str, int]:
    """What may stand in a cell of an item that has one value, as it is written, and its code.

    The value itself, as whole number or as the 4.0 that some programs make of it, or the code that
    another system calls the option by.
    """
    if item.kind == ItemKind.STATEMENT and not item.options:
        known = {str(point): int(point) for point in Agreement.values}
    else:
        known = {option["code"]: option["value"] for option in item.options if option.get("code")}
        known |= {str(option["value"]): option["value"] for option in item.options}
    written = {f"{value}.0": value for value in known.values()} | known | {"": OPEN}
    if item.allow_na:
        written |= dict.fromkeys(NOT_APPLICABLE_WORDS, NOT_APPLICABLE)
    return written


def read_value(item: Item, known: dict[str, int], cell: str) -> int:
    """The code of a cell that isn't written as expected; remembered for the next. Raises Wrong."""
    bare = cell.strip().casefold()
    for text, value in list(known.items()):
        if text.casefold() == bare:
            known[cell] = value
            return value
    raise Wrong(_allowed(item, known))


def _allowed(item: Item, known: Mapping[str, int]) -> str:
    values = sorted({value for value in known.values() if value >= 0})
    shown = ", ".join(map(str, values[:20])) + (", ..." if len(values) > 20 else "")
    if item.allow_na:
        return _("allowed are %(values)s, n/a, or nothing") % {"values": shown}
    return _("allowed are %(values)s, or nothing") % {"values": shown}


def read_other(item: Item, cell: str) -> tuple[Any, ...] | None:
    """The columns of the answer (value, not applicable, number, day, chosen, text) that a cell of
    another kind of item gives; None when it was left open. Raises Wrong."""
    text = cell.strip()
    if not text:
        return None
    if item.allow_na and text.casefold() in NOT_APPLICABLE_WORDS:
        return None, True, None, None, "", ""
    number, day, chosen, said = READERS[item.kind](item, text)
    return None, False, number, day, chosen, said


type Parts = tuple[Decimal | None, dt.date | None, str, str]


def _number(item: Item, text: str) -> Parts:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise Wrong(_("this isn't a number such as 12 or 3.5")) from error
    if not number.is_finite() or abs(number) >= LARGEST_NUMBER:
        raise Wrong(_("this number is too large"))
    _check_bounds(item, number, Decimal)
    return round(number, 6), None, "", ""


def _date(item: Item, text: str) -> Parts:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise Wrong(_("this isn't a date such as 2026-11-24")) from error
    _check_bounds(item, day, dt.date.fromisoformat)
    return None, day, "", ""


def _check_bounds(item: Item, given: Any, read: Callable[[str], Any]) -> None:
    lowest, highest = item.limits.get("lowest"), item.limits.get("highest")
    if lowest and given < read(lowest):
        raise Wrong(_("the lowest is %(lowest)s") % {"lowest": lowest})
    if highest and given > read(highest):
        raise Wrong(_("the highest is %(highest)s") % {"highest": highest})


def _chosen(item: Item, text: str) -> Parts:
    """Values with ; or spaces between; of a ranking in their rank."""
    known: dict[str, int] = {str(option["value"]): option["value"] for option in item.options}
    known |= {option["code"]: option["value"] for option in item.options if option.get("code")}
    words = text.replace(";", " ").replace(",", " ").split()
    if any(word not in known for word in words):
        shown = ", ".join(str(option["value"]) for option in item.options)
        raise Wrong(_("allowed are %(values)s, several with ; between") % {"values": shown})
    values = [known[word] for word in words]
    if len(set(values)) < len(values):
        raise Wrong(_("the same option stands here twice"))
    if item.kind == ItemKind.MULTIPLE:
        values.sort()
    return None, None, f",{','.join(map(str, values))},", ""


def _text(item: Item, text: str) -> Parts:
    longest = LONGEST_REMARK if item.kind == ItemKind.OPEN_TEXT else LONGEST_SHORT_TEXT
    text = unharmed(text)
    if len(text) > longest:
        raise Wrong(_("longer than %(most)d characters") % {"most": longest})
    if "\x00" in text:
        raise Wrong(_("has a character that can't be stored"))
    return None, None, "", text


READERS: dict[str, Callable[[Item, str], Parts]] = {
    ItemKind.NUMBER: _number,
    ItemKind.DATE: _date,
    ItemKind.MULTIPLE: _chosen,
    ItemKind.RANKING: _chosen,
    ItemKind.SHORT_TEXT: _text,
    ItemKind.OPEN_TEXT: _text,
}
