"""Reading what a browser posted for an item, kind by kind. Pure; nothing is stored here.

An item posts under its code. Beside a field stands "CODE.na" for not applicable, and a ranking
posts the place of each option as "CODE.VALUE". A full stop can't be in a code.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.exceptions import InvalidInput
from surveys.enums import LONGEST_REMARK, LONGEST_SHORT_TEXT, NOT_APPLICABLE, ItemKind
from surveys.given import Given
from surveys.structure import AskedItem

NA = "na"
CHOICES = frozenset({ItemKind.STATEMENT, ItemKind.SINGLE, ItemKind.MULTIPLE})
TEXTS = frozenset({ItemKind.SHORT_TEXT, ItemKind.OPEN_TEXT})

_NUMBER = re.compile(r"([+-]?)(\d{1,14})(?:[.,](\d{1,6}))?")
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True, slots=True)
class Posted:
    """What came in for one item: values under its code, and the places of ranked options."""

    values: tuple[str, ...] = ()
    places: tuple[tuple[int, str], ...] = ()
    not_applicable: bool = False


def names_of(item: AskedItem) -> tuple[str, ...]:
    """The names under which an item may post."""
    names = [item.code]
    if item.kind == ItemKind.RANKING:
        names += [f"{item.code}.{value}" for value in item.values]
    if item.allow_na and item.kind not in CHOICES:
        names.append(f"{item.code}.{NA}")
    return tuple(names)


def posted_for(item: AskedItem, data: QueryDict) -> Posted:
    """What was posted for an item; fields that were left empty are nothing."""
    values = tuple(value for value in data.getlist(item.code) if value)
    if item.kind in CHOICES:
        is_na = values == (NOT_APPLICABLE,)
        return Posted((), not_applicable=True) if is_na else Posted(values)
    places: tuple[tuple[int, str], ...] = ()
    if item.kind == ItemKind.RANKING:
        found = [(value, data.get(f"{item.code}.{value}", "")) for value in item.values]
        places = tuple((value, str(place)) for value, place in found if place)
    return Posted(values, places, bool(data.get(f"{item.code}.{NA}")))


def read_given(item: AskedItem, posted: Posted | str) -> Given | None:
    """The answer that was posted for an item; None when it was left open.

    Raises InvalidInput with a sentence for the respondent when it can't be an answer to this item.
    """
    if isinstance(posted, str):
        posted = Posted((posted,) if posted else ())
        if item.kind in CHOICES and posted.values == (NOT_APPLICABLE,):
            posted = Posted(not_applicable=True)
    given = READERS[ItemKind(item.kind)](item, posted)
    if not posted.not_applicable:
        return given
    if not item.allow_na:
        raise InvalidInput(_("Choose one of the answers shown."))
    if given is not None:
        raise InvalidInput(_("Give an answer, or say that it is not applicable; not both."))
    return Given(not_applicable=True)


def what_is_missing(item: AskedItem, given: Given | None) -> Any:
    """Why the page can't be left with this answer, in words; None when it can."""
    if given is None:
        return _("This question must be answered.") if item.mandatory else None
    if item.kind not in (ItemKind.MULTIPLE, ItemKind.RANKING):
        return None
    fewest = int(item.limits.lowest or 0)
    if 0 < len(given.chosen) < fewest:
        return ngettext(
            "Choose at least %(count)d answer.", "Choose at least %(count)d answers.", fewest
        ) % {"count": fewest}
    return None


def _only_one(posted: Posted) -> str:
    if len(posted.values) > 1:
        raise InvalidInput(_("Choose one of the answers shown."))
    return posted.values[0] if posted.values else ""


def _read_choice(item: AskedItem, posted: Posted) -> Given | None:
    value = _only_one(posted)
    return Given(value=_value_of(item, value)) if value else None


def _value_of(item: AskedItem, text: str) -> int:
    value = item.by_posted.get(text)
    if value is None:
        raise InvalidInput(_("Choose one of the answers shown."))
    return value


def _read_choices(item: AskedItem, posted: Posted) -> Given | None:
    if NOT_APPLICABLE in posted.values and item.allow_na:
        raise InvalidInput(_("Give an answer, or say that it is not applicable; not both."))
    values = sorted(_value_of(item, value) for value in posted.values)
    if len(set(values)) < len(values):
        raise InvalidInput(_("Choose one of the answers shown."))
    _check_not_too_many(item, values)
    return Given(chosen=tuple(values)) if values else None


def _check_not_too_many(item: AskedItem, values: list[int]) -> None:
    most = int(item.limits.highest or 0)
    if most and len(values) > most:
        text = ngettext(
            "Choose at most %(count)d answer.", "Choose at most %(count)d answers.", most
        )
        raise InvalidInput(text % {"count": most})


def _read_ranking(item: AskedItem, posted: Posted) -> Given | None:
    """The options in the order of their places. Places may be skipped, and not shared."""
    places = [(_place(place, len(item.values)), value) for value, place in posted.places]
    if posted.values:
        raise InvalidInput(_("Choose one of the answers shown."))
    if len({place for place, _value in places}) < len(places):
        raise InvalidInput(_("Two answers have the same place; give each a place of its own."))
    values = [value for _place, value in sorted(places)]
    _check_not_too_many(item, values)
    return Given(chosen=tuple(values)) if values else None


def _place(text: str, last: int) -> int:
    if not (text.isdecimal() and text.isascii() and 1 <= int(text[:4]) <= last):
        raise InvalidInput(_("Choose one of the answers shown."))
    return int(text)


def _read_number(item: AskedItem, posted: Posted) -> Given | None:
    """A number with a comma or a full stop before its decimals."""
    text = _only_one(posted).strip()
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise InvalidInput(_("Write a number in digits, such as 12 or 2.5."))
    sign, whole, part = found.groups()
    if len((part or "").rstrip("0")) > item.limits.decimals or (part and not item.limits.decimals):
        raise InvalidInput(_decimals_words(item.limits.decimals))
    number = Decimal(f"{sign}{whole}.{part or 0}")
    _check_bounds(number, item, Decimal, str)
    return Given(number=number)


def _decimals_words(decimals: int) -> Any:
    if not decimals:
        return _("Write a whole number, without a comma or full stop.")
    text = ngettext(
        "At most %(count)d digit after the comma.",
        "At most %(count)d digits after the comma.",
        decimals,
    )
    return text % {"count": decimals}


def _read_day(item: AskedItem, posted: Posted) -> Given | None:
    """A day as browsers send it, 2026-03-01, or as people write it, 1-3-2026."""
    text = _only_one(posted).strip()
    if not text:
        return None
    dutch = _DUTCH_DAY.fullmatch(text)
    try:
        day = dt.date(*map(int, dutch.groups()[::-1])) if dutch else dt.date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(_("Write a day that exists, such as 1-3-2026.")) from error
    _check_bounds(day, item, dt.date.fromisoformat, date_format)
    return Given(day=day)


def _check_bounds(
    found: Any, item: AskedItem, read: Callable[[str], Any], words: Callable[[Any], str]
) -> None:
    lowest, highest = item.limits.lowest, item.limits.highest
    if lowest and found < read(lowest):
        raise InvalidInput(_("At least %(bound)s.") % {"bound": words(read(lowest))})
    if highest and found > read(highest):
        raise InvalidInput(_("At most %(bound)s.") % {"bound": words(read(highest))})


def _read_short_text(item: AskedItem, posted: Posted) -> Given | None:
    text = " ".join(_clean_text(posted).split())
    if len(text) > LONGEST_SHORT_TEXT:
        raise InvalidInput(_("This is too long; at most 200 characters fit."))
    return Given(text=text) if text else None


def _read_remark(item: AskedItem, posted: Posted) -> Given | None:
    """Browsers send line ends as two characters; they count as one, as in the browser."""
    text = _clean_text(posted)
    if len(text) > LONGEST_REMARK:
        raise InvalidInput(_("Your remark is too long; at most 4,000 characters fit."))
    return Given(text=text) if text else None


def _clean_text(posted: Posted) -> str:
    text = _only_one(posted).replace("\r\n", "\n").strip()
    if "\x00" in text:
        raise InvalidInput(_("Your remark holds a character that can't be stored; take it out."))
    return text


def _read_nothing(item: AskedItem, posted: Posted) -> Given | None:
    """An explanation asks nothing."""
    if posted.values or posted.places:
        raise InvalidInput(_("This isn't asked here."))
    return None


READERS: dict[ItemKind, Callable[[AskedItem, Posted], Given | None]] = {
    ItemKind.STATEMENT: _read_choice,
    ItemKind.SINGLE: _read_choice,
    ItemKind.MULTIPLE: _read_choices,
    ItemKind.RANKING: _read_ranking,
    ItemKind.NUMBER: _read_number,
    ItemKind.DATE: _read_day,
    ItemKind.SHORT_TEXT: _read_short_text,
    ItemKind.OPEN_TEXT: _read_remark,
    ItemKind.EXPLANATION: _read_nothing,
}
