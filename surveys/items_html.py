"""The items of a survey page as HTML, fast.

A page of nine statements is some fifty radio buttons. A question to choose in looks the same for
everyone who gave the same answer to it, and a published version never changes, so its HTML is made
once for each answer and language and kept in the process (about 2 kB each, at most 4,096 of them).
So is what nobody has typed in yet; what was typed is made anew each time.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.enums import LONGEST_REMARK, LONGEST_SHORT_TEXT, NOT_APPLICABLE, ItemKind
from surveys.given import Given, number_text
from surveys.reading import CHOICES, TEXTS
from surveys.structure import AskedItem

FRAGMENTS_KEPT = 4096
PAGES_KEPT = 512
WIDEST_ROW = 5
"""So many labelled answers fit beside each other on a wide screen; more stand below each other."""
FOLDER = "surveys/answering"


def render_items(
    items: Sequence[AskedItem], given: Mapping[int, Given], errors: Mapping[str, Any]
) -> list[str]:
    """The HTML of each item of a page, with what was given and what is wrong with it."""
    language = get_language() or ""
    return [
        _render_item(item, given.get(item.id), errors.get(item.code), place, language)
        for item, place in places_of(tuple(items))
    ]


@lru_cache(maxsize=PAGES_KEPT)
def places_of(items: tuple[AskedItem, ...]) -> tuple[tuple[AskedItem, tuple[int, int]], ...]:
    """Which question of the page each item is, from 1 (0 for the rest), and of how many."""
    total = sum(item.number > 0 for item in items)
    number, placed = 0, []
    for item in items:
        number += item.number > 0
        placed.append((item, (number if item.number else 0, total)))
    return tuple(placed)


def _render_item(
    item: AskedItem, given: Given | None, error: Any, place: tuple[int, int], language: str
) -> str:
    if error is None and (given is None or item.kind in CHOICES):
        return _kept_item(item, given, place, language)
    return _make_item(item, given or Given(), place, error)


@lru_cache(maxsize=FRAGMENTS_KEPT)
def _kept_item(item: AskedItem, given: Given | None, place: tuple[int, int], language: str) -> str:
    return _make_item(item, given or Given(), place, None)


def _make_item(item: AskedItem, given: Given, place: tuple[int, int], error: Any) -> str:
    if item.kind in CHOICES:
        return _choice(item, given.picked, place, error)
    if item.kind == ItemKind.RANKING:
        return _ranking(item, given, place, error)
    if item.kind == ItemKind.EXPLANATION:
        return _fill("explanation", {"item": item})
    return _field(item, given, place, error)


def _choice(item: AskedItem, picked: tuple[str, ...], place: tuple[int, int], error: Any) -> str:
    choices = item.choices()
    context = _context(item, place, error) | {
        "picked": picked,
        "choices": [(str(value), label) for value, label in choices],
        "layout": _layout(item, choices),
        "box": "checkbox" if item.kind == ItemKind.MULTIPLE else "radio",
        "not_applicable": NOT_APPLICABLE,
    }
    return _fill("statement", context)


def _layout(item: AskedItem, choices: Sequence[tuple[int, str]]) -> str:
    """A scale stands in one row where it fits: `row`, `digits` (few labels), or `list`."""
    if not item.is_statement:
        return "list"
    if len(choices) <= WIDEST_ROW:
        return "row"
    return "list" if sum(bool(label) for _value, label in choices) > 3 else "digits"


def _ranking(item: AskedItem, given: Given, place: tuple[int, int], error: Any) -> str:
    ranks = {value: rank for rank, value in enumerate(given.chosen, start=1)}
    context = _context(item, place, error) | {
        "rows": [(value, label, ranks.get(value)) for value, label in item.choices()],
        "ranks": range(1, len(item.values) + 1),
        "is_na": given.not_applicable,
    }
    return _fill("ranking", context)


def _field(item: AskedItem, given: Given, place: tuple[int, int], error: Any) -> str:
    """A number, a date, a line or a remark."""
    is_remark = item.kind == ItemKind.OPEN_TEXT
    is_day_typed = item.kind == ItemKind.DATE and bool(given.text)
    context = _context(item, place, error) | {
        "text": typed_text(given),
        "type": "date" if item.kind == ItemKind.DATE and not is_day_typed else "text",
        "mode": _keyboard(item),
        "longest": LONGEST_REMARK if is_remark else LONGEST_SHORT_TEXT,
        "is_remark": is_remark,
        "is_day_typed": is_day_typed,
        "has_help": bool(item.hint) or is_remark or is_day_typed,
        "is_na": given.not_applicable,
    }
    return _fill("field", context)


def _keyboard(item: AskedItem) -> str:
    """Which keys a telephone shows for a number; its digits alone have no minus sign."""
    if item.kind != ItemKind.NUMBER or item.limits.lowest.startswith("-"):
        return ""
    return "decimal" if item.limits.decimals else "numeric"


def typed_text(given: Given) -> str:
    """What stands in a field: dates as browsers want them, numbers with the reader's comma."""
    if given.day is not None:
        return given.day.isoformat()
    if given.number is not None:
        text = number_text(given.number)
        return text.replace(".", ",") if get_language() == "nl" else text
    return given.text


def _context(item: AskedItem, place: tuple[int, int], error: Any) -> dict[str, Any]:
    return {"item": item, "number": place[0], "statements": place[1], "error": error}


def render_count(items: Sequence[AskedItem], given: Mapping[int, Given]) -> str:
    """How far somebody is on this page, in words; the script counts along."""
    questions = [item for item in items if item.number]
    if not questions:
        return ""
    answered = sum(item.id in given for item in questions)
    return _kept_count(answered, len(questions), get_language() or "")


@lru_cache(maxsize=FRAGMENTS_KEPT)
def _kept_count(answered: int, questions: int, language: str) -> str:
    return _fill("count", {"answered": answered, "questions": questions})


@lru_cache(maxsize=FRAGMENTS_KEPT)
def _kept_summary(item: AskedItem, given: Given | None, language: str) -> str:
    labels = {str(value): label or str(value) for value, label in item.choices()}
    picked = given.picked if given else ()
    context = {
        "item": item,
        "answers": [labels[value] for value in picked if value in labels],
        "is_ranking": item.kind == ItemKind.RANKING,
        "not_applicable": picked == (NOT_APPLICABLE,),
    }
    return _fill("summary_line", context)


def render_summary(items: Sequence[AskedItem], given: Mapping[int, Given]) -> list[str]:
    """The HTML of each item of a page as the summary shows it."""
    language = get_language() or ""
    return [
        _summary_line(item, given.get(item.id), language) for item in items if item.is_answerable
    ]


def _summary_line(item: AskedItem, given: Given | None, language: str) -> str:
    if given is None or given.not_applicable or given.chosen or given.value is not None:
        return _kept_summary(item, given, language)
    text = date_format(given.day) if given.day else typed_text(given)
    shown = {"remark": text} if item.kind in TEXTS else {"answers": [text]}
    return _fill("summary_line", {"item": item, **shown})


def _fill(name: str, context: dict[str, Any]) -> str:
    return get_template(f"{FOLDER}/{name}.html").render(context)


def forget_kept_items() -> None:
    """Forget every fragment, for stories in which primary keys come back."""
    for kept in (_kept_item, _kept_count, _kept_summary, places_of):
        kept.cache_clear()


def render_order(order: str) -> str:
    """The order of a shuffled page, posted back with its answers."""
    return format_html('<input type="hidden" name="order" value="{}">', order)


def name_errors(
    items: Sequence[AskedItem], errors: Mapping[str, Any]
) -> list[tuple[str, str, Any]]:
    """What is wrong on a page: code of the item ("" for the page), what it is called, and why."""
    named = {item.code: _name(item, place[0]) for item, place in places_of(tuple(items))}
    return [(code, named.get(code, ""), message) for code, message in errors.items()]


def _name(item: AskedItem, number: int) -> str:
    if not number:
        return _("Your remark")
    if item.is_statement:
        return _("Statement %(number)s") % {"number": number}
    return _("Question %(number)s") % {"number": number}
