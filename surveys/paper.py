"""A questionnaire on paper: questions numbered through, and what is typed in from a sheet. Pure.

A sheet shows a digit beside each answer, and whoever enters it types those digits: "4", "1 3" for
several, "n" for not applicable. What is put in order has letters, for the digits are written in
the boxes: "c a b".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import InvalidInput
from surveys.enums import Comparison, ItemKind
from surveys.given import Given
from surveys.reading import NA, Posted, read_given
from surveys.specs import ConditionSpec
from surveys.structure import AskedBlock, AskedItem, Questionnaire

NOT_APPLICABLE = frozenset({"n", "na", "n/a", "nvt", "n.v.t."})
SEVERAL = frozenset({ItemKind.MULTIPLE, ItemKind.RANKING})
BY_DIGITS = frozenset({ItemKind.STATEMENT, ItemKind.SINGLE, *SEVERAL})

LETTERS = "abcdefghijklmnopqrstuvwxyz"

_VALUELESS = {
    Comparison.ANSWERED: gettext_lazy("you answered question %(number)s"),
    Comparison.NOT_APPLICABLE: gettext_lazy("question %(number)s is not applicable to you"),
    Comparison.IS_OPEN: gettext_lazy("you left question %(number)s open"),
}
_VALUED = {
    Comparison.IS: gettext_lazy("your answer to question %(number)s is %(values)s"),
    Comparison.IS_NOT: gettext_lazy("your answer to question %(number)s is not %(values)s"),
    Comparison.AT_LEAST: gettext_lazy("your answer to question %(number)s is at least %(values)s"),
    Comparison.AT_MOST: gettext_lazy("your answer to question %(number)s is at most %(values)s"),
}


@dataclass(frozen=True, slots=True)
class PaperItem:
    """An item as it stands on a sheet; `number` is its own in the whole, 0 of an explanation."""

    item: AskedItem
    number: int
    choices: tuple[tuple[str, str], ...] = ()
    only_if: str = ""
    typed: str = ""
    error: Any = ""

    @property
    def kind(self) -> str:
        return str(self.item.kind)

    @property
    def is_short(self) -> bool:
        """Do its answers stand in one row?"""
        return self.item.is_statement and len(self.choices) > 5

    @property
    def how_to_enter(self) -> str:
        """What may be typed for it, in words."""
        return how_to_enter(self.item)


@dataclass(frozen=True, slots=True)
class PaperPage:
    block: AskedBlock
    items: tuple[PaperItem, ...] = field(default=())


def pages_on_paper(
    whole: Questionnaire,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, Any] | None = None,
) -> list[PaperPage]:
    """All pages, in the order in which they were written; with what was typed and what is wrong."""
    numbers = numbers_on_paper(whole)
    by_code = {item.code: item for item in whole.items}
    pages = []
    for block in whole.blocks:
        items = tuple(
            PaperItem(
                item,
                numbers.get(item.code, 0),
                marked_choices(item),
                only_if(item, by_code, numbers),
                (typed or {}).get(item.code, ""),
                (errors or {}).get(item.code, ""),
            )
            for item in block.items
        )
        pages.append(PaperPage(block, items))
    return pages


def marked_choices(item: AskedItem) -> tuple[tuple[str, str], ...]:
    """The answers with what stands before them: their digit, or a letter where they are ranked."""
    if item.kind not in BY_DIGITS:
        return ()
    marks = letters_of(item) if item.kind == ItemKind.RANKING else [*map(str, item.values)]
    return tuple(zip(marks, (label for _value, label in item.choices()), strict=True))


def letters_of(item: AskedItem) -> list[str]:
    """a, b, c, ..., z, a1, b1, ... for the options of a ranking."""
    rounds = ((place // len(LETTERS), LETTERS[place % len(LETTERS)]) for place in range(60))
    return [f"{letter}{turn or ''}" for turn, letter in rounds][: len(item.values)]


def numbers_on_paper(whole: Questionnaire) -> dict[str, int]:
    """The number of each question on a sheet, by its code: one row through all pages."""
    return {item.code: number for number, item in enumerate(whole.answerable, start=1)}


def only_if(item: AskedItem, by_code: Mapping[str, AskedItem], numbers: Mapping[str, int]) -> str:
    """When an item is to be answered, as a sentence; "" for one that is asked of everyone."""
    groups = [
        f" {_('or')} ".join(_in_words(test, by_code[test.item], numbers) for test in group)
        for group in item.conditions
    ]
    if not groups:
        return ""
    return _("Only if %(condition)s.") % {"condition": f", {_('and')} ".join(groups)}


def _in_words(test: ConditionSpec, earlier: AskedItem, numbers: Mapping[str, int]) -> str:
    number = numbers[test.item]
    if test.test in _VALUELESS:
        return str(_VALUELESS[Comparison(test.test)]) % {"number": number}
    labels = {str(value): label or str(value) for value, label in earlier.choices()}
    values = f" {_('or')} ".join(f"“{labels.get(value, value)}”" for value in test.values)
    return str(_VALUED[Comparison(test.test)]) % {"number": number, "values": values}


def how_to_enter(item: AskedItem) -> str:
    """What is typed for an item, in a few words beside its field."""
    if item.kind in (ItemKind.STATEMENT, ItemKind.SINGLE):
        first, *_rest, last = item.values
        words = _("%(first)s to %(last)s") % {"first": first, "last": last}
    elif item.kind == ItemKind.MULTIPLE:
        words = _("digits with spaces between")
    elif item.kind == ItemKind.RANKING:
        words = _("letters in the order of their places, such as c a b")
    else:
        words = {ItemKind.NUMBER: _("a number"), ItemKind.DATE: _("such as 1-3-2026")}.get(
            ItemKind(item.kind), ""
        )
    if not item.allow_na:
        return words
    none = _("n: not applicable")
    return str(format_lazy("{}, {}", words, none)) if words else none


def read_typed(item: AskedItem, typed: str) -> Given | None:
    """What was typed for an item, by the same rules as what a respondent gives.

    Raises InvalidInput with a sentence for whoever types.
    """
    typed = typed.strip()
    if item.allow_na and typed.lower() in NOT_APPLICABLE:
        return Given(not_applicable=True)
    if item.kind in SEVERAL and typed:
        return read_given(item, _several(item, typed))
    return read_given(item, Posted((typed,) if typed and typed != NA else ()))


def _several(item: AskedItem, typed: str) -> Posted:
    values = tuple(_words_of(typed))
    if item.kind == ItemKind.MULTIPLE:
        return Posted(values)
    ranked = dict(zip(letters_of(item), item.values, strict=True))
    letters = [value.lower() for value in values]
    if len(set(letters)) < len(letters) or not set(letters) <= ranked.keys():
        raise InvalidInput(_("Type each answer once, by its letter."))
    places = enumerate((ranked[letter] for letter in letters), start=1)
    return Posted(places=tuple((value, str(place)) for place, value in places))


def _words_of(typed: str) -> Iterator[str]:
    return (word for word in re.split(r"[\s,;]+", typed) if word)
