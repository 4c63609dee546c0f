"""What must be right before a questionnaire can be asked. Pure; says everything at once."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.enums import (
    FEWEST_POINTS,
    KINDS_WITH_OPTIONS,
    MOST_OPTIONS,
    MOST_POINTS,
    Comparison,
    ItemKind,
    Occasion,
)
from surveys.given import join_chosen
from surveys.specs import ConditionSpec, InstrumentSpec, ItemSpec

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
RESERVED = {"go", "language"}
LONGEST_CHOSEN = 240
LONGEST_TEXT = 2000
LONGEST_LABEL = 200
MOST_DECIMALS = 6
HIGHEST_VALUE = 9999
MOST_ITEMS = 500
WITHOUT_VALUE = {Comparison.ANSWERED, Comparison.NOT_APPLICABLE, Comparison.IS_OPEN}
ORDERED = {ItemKind.STATEMENT, ItemKind.NUMBER, ItemKind.DATE}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and with which item; "" is about the whole."""

    item: str
    message: str | Promise

    def __str__(self) -> str:
        return f"{self.item}: {self.message}" if self.item else str(self.message)


def what_hinders(spec: InstrumentSpec) -> list[Problem]:
    """Why this questionnaire can't be asked; nothing when it can."""
    problems = [Problem("", message) for message in _of_the_whole(spec)]
    counted = Counter(item.code.lower() for item in spec.items)
    pages = {item.code: page for page, block in enumerate(spec.blocks) for item in block.items}
    known = {item.code: item for item in spec.items}
    for item in spec.items:
        if counted[item.code.lower()] > 1:
            problems.append(Problem(item.code, _("two items have this code")))
        problems += [Problem(item.code, message) for message in _of_an_item(item)]
        for group in item.conditions:
            for test in group:
                earlier = known.get(test.item)
                if earlier is None or pages[test.item] >= pages[item.code]:
                    message = _("its condition must be about an item on an earlier page")
                    problems.append(Problem(item.code, message))
                else:
                    problems += [Problem(item.code, why) for why in _of_a_test(test, earlier)]
    return problems


def _of_the_whole(spec: InstrumentSpec) -> Iterator[str | Promise]:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", spec.code):
        yield _("The code must be 1 to 40 letters, digits, hyphens or underscores.")
    if not (spec.title_nl or spec.title_en):
        yield _("The questionnaire needs a title.")
    if any(len(title) > 120 for title in (spec.title_nl, spec.title_en)):
        yield _("The title is too long; at most 120 characters fit.")
    if not any(item.kind != ItemKind.EXPLANATION for item in spec.items):
        yield _("There is nothing to answer in it.")
    if len(spec.items) > MOST_ITEMS:
        yield _("A questionnaire holds at most 500 items.")
    for block in spec.blocks:
        if not block.items:
            yield _("A block without items can't be asked.")
        if not (block.title_nl or block.title_en):
            yield _("Each block needs a title: it stands above the page.")
        if any(len(title) > 120 for title in (block.title_nl, block.title_en)):
            yield _("The title of a block is too long; at most 120 characters fit.")
    for construct in spec.constructs:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", construct.code):
            yield _("The code of a construct must be 1 to 40 letters, digits or underscores.")


def _of_an_item(item: ItemSpec) -> Iterator[str | Promise]:
    if not CODE.fullmatch(item.code):
        yield _("a code begins with a letter, and holds letters, digits, hyphens and underscores")
    if item.code in RESERVED:
        yield _("this code is used by the survey page itself")
    if item.kind not in ItemKind.values:
        yield _("there is no such kind of item")
    if item.occasion not in Occasion.values:
        yield _("there is no such occasion")
    if not (item.text_nl.strip() or item.text_en.strip()):
        yield _("it has no text")
    if any(len(text) > LONGEST_TEXT for text in (item.text_nl, item.text_en)):
        yield _("its text is too long; at most 2,000 characters fit")
    if len(item.construct) > 40 or not re.fullmatch(r"[A-Za-z0-9_-]*", item.construct):
        yield _("a construct is a code of letters, digits, hyphens and underscores")
    if item.kind == ItemKind.EXPLANATION and (item.mandatory or item.allow_na):
        yield _("nobody can answer an explanation")
    yield from _of_options(item)
    yield from _of_limits(item)


def _of_options(item: ItemSpec) -> Iterator[str | Promise]:
    values = [option.value for option in item.options]
    if item.kind == ItemKind.STATEMENT:
        if values and not FEWEST_POINTS <= len(values) <= MOST_POINTS:
            yield _("a scale has 2 to 11 points")
        elif values and (
            values != list(range(values[0], values[0] + len(values))) or values[0] not in (0, 1)
        ):
            yield _("the points of a scale are numbered upward from 0 or 1")
    elif item.kind in KINDS_WITH_OPTIONS:
        yield from _of_choices(item, values)
    elif values:
        yield _("only scales and choices have options")
    if any(len(label) > LONGEST_LABEL for o in item.options for label in (o.label_nl, o.label_en)):
        yield _("the label of an option is too long; at most 200 characters fit")


def _of_choices(item: ItemSpec, values: list[int]) -> Iterator[str | Promise]:
    if not 2 <= len(values) <= MOST_OPTIONS:
        yield _("a choice has 2 to 60 options")
    if len(set(values)) < len(values):
        yield _("two options have the same value")
    if any(not 0 <= value <= HIGHEST_VALUE for value in values):
        yield _("the value of an option is a number from 0 to 9999")
    if any(not (option.label_nl.strip() or option.label_en.strip()) for option in item.options):
        yield _("an option has no label")
    if item.kind != ItemKind.SINGLE and len(join_chosen(values)) > LONGEST_CHOSEN:
        yield _("there are too many options to keep together")


def _of_limits(item: ItemSpec) -> Iterator[str | Promise]:
    bounds = [bound for bound in (item.limits.lowest, item.limits.highest) if bound]
    if not bounds and not item.limits.decimals:
        return
    counts = item.kind in (ItemKind.MULTIPLE, ItemKind.RANKING)
    if not counts and item.kind not in (ItemKind.NUMBER, ItemKind.DATE):
        yield _("this kind of item has no lowest or highest")
        return
    read = [amount_of(bound, item.kind) for bound in bounds]
    if any(amount is None for amount in read):
        yield _("its lowest or highest isn't a number or date as it should be")
    elif len(read) == 2 and read[0] > read[1]:  # type: ignore[operator]
        yield _("its lowest is higher than its highest")
    if not 0 <= item.limits.decimals <= MOST_DECIMALS:
        yield _("a number has at most 6 digits after the point")


def amount_of(text: str, kind: str) -> Decimal | dt.date | None:
    """A bound as a number, or as a date where a date is asked; None when it is neither."""
    try:
        if kind == ItemKind.DATE:
            return dt.date.fromisoformat(text)
        number = Decimal(text)
    except (ValueError, InvalidOperation):
        return None
    return number if number.is_finite() and abs(number) < 10**13 else None


def _of_a_test(test: ConditionSpec, item: ItemSpec) -> Iterator[str | Promise]:
    if item.kind == ItemKind.EXPLANATION or test.test not in Comparison.values:
        yield _("its condition asks what can't be answered")
    elif test.test in WITHOUT_VALUE:
        return
    elif not test.values:
        yield _("its condition names no value")
    elif test.test in (Comparison.AT_LEAST, Comparison.AT_MOST) and (
        item.kind not in ORDERED or len(test.values) > 1
    ):
        yield _("its condition compares what has no order")
    elif not all(_can_be_answered(value, item) for value in test.values):
        yield _("its condition asks for a value that can't be answered there")


def _can_be_answered(value: str, item: ItemSpec) -> bool:
    if item.kind == ItemKind.STATEMENT and not item.options:
        return value in ("1", "2", "3", "4", "5")
    if item.options:
        return value in {str(option.value) for option in item.options}
    if item.kind in (ItemKind.NUMBER, ItemKind.DATE):
        return amount_of(value, item.kind) is not None
    return True


def untranslated(spec: InstrumentSpec) -> list[tuple[str, str, str]]:
    """What stands in one language only: where, which language is missing, the text there is."""
    return [
        (where, "nl" if english else "en", english or dutch)
        for where, dutch, english in _texts(spec)
        if bool(dutch.strip()) != bool(english.strip())
    ]


def _texts(spec: InstrumentSpec) -> Iterator[tuple[str, str, str]]:
    """Every text of a questionnaire: where it stands, in Dutch, in English."""
    yield str(_("title")), spec.title_nl, spec.title_en
    for construct in spec.constructs:
        yield construct.code, construct.label_nl, construct.label_en
    for page, block in enumerate(spec.blocks, start=1):
        where = _("page %(page)d") % {"page": page}
        yield where, block.title_nl, block.title_en
        yield where, block.intro_nl, block.intro_en
        for item in block.items:
            yield item.code, item.text_nl, item.text_en
            yield item.code, item.hint_nl, item.hint_en
            for option in item.options:
                yield f"{item.code} = {option.value}", option.label_nl, option.label_en
