"""A published version as plain objects, kept in the process: it is frozen, so it can't go stale."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import get_language

from surveys.conditions import Answered, hold, read_conditions
from surveys.enums import CONSTRUCTS, KINDS_UNNUMBERED, Agreement, ItemKind, Occasion
from surveys.models import Block, InstrumentVersion, Item
from surveys.specs import UNLIMITED, Conditions, LimitsSpec

VERSIONS_KEPT = 64
"""A version of forty statements takes some 30 kB."""


def in_language(dutch: str, english: str) -> str:
    """The text in the language of the moment; the other one where it isn't translated."""
    return (english or dutch) if get_language() == "en" else (dutch or english)


@dataclass(frozen=True)
class AskedOption:
    """A point of a scale or an option to choose."""

    value: int
    code: str
    label_nl: str
    label_en: str

    @property
    def label(self) -> str:
        return in_language(self.label_nl, self.label_en)


@dataclass(frozen=True, eq=False)
class AskedItem:
    """An item as it is asked. One object an item, so it is compared and hashed by identity."""

    id: int
    code: str
    number: int
    """Among the questions of its block, from 1; 0 for a remark or an explanation."""
    text_nl: str
    text_en: str
    construct: str
    occasion: str
    allow_na: bool
    reversed: bool
    is_statement: bool
    kind: str = ItemKind.STATEMENT
    hint_nl: str = ""
    hint_en: str = ""
    mandatory: bool = False
    options: tuple[AskedOption, ...] = ()
    """Empty for a statement on the five-point scale (enums.Agreement); see `choices`."""
    limits: LimitsSpec = UNLIMITED
    conditions: Conditions = ()
    stem: str = ""
    comparable: str = ""
    """Answers over waves may be laid beside each other where this is the same."""

    @property
    def text(self) -> str:
        """The text in the language of the moment."""
        return in_language(self.text_nl, self.text_en)

    @property
    def occasion_label(self) -> str:
        """The meeting it is about, in words; empty for none."""
        return str(Occasion(self.occasion).label) if self.occasion else ""

    @property
    def hint(self) -> str:
        return in_language(self.hint_nl, self.hint_en)

    @property
    def is_answerable(self) -> bool:
        """Can there be an answer to it? Not to an explanation."""
        return self.kind != ItemKind.EXPLANATION

    @cached_property
    def values(self) -> tuple[int, ...]:
        """The values that may be chosen: of the scale, or of the options."""
        if self.is_statement and not self.options:
            return tuple(Agreement.values)
        return tuple(option.value for option in self.options)

    @cached_property
    def by_posted(self) -> dict[str, int]:
        """The values that may be chosen, as a browser posts them."""
        return {str(value): value for value in self.values}

    def choices(self) -> list[tuple[int, str]]:
        """Values with their labels in the language of the moment."""
        if self.is_statement and not self.options:
            return [(value, str(label)) for value, label in Agreement.choices]
        return [(option.value, option.label) for option in self.options]

    def towards_construct(self, value: int) -> int:
        """A value of the scale with more always meaning more of the construct."""
        return self.values[0] + self.values[-1] - value if self.reversed else value


@dataclass(frozen=True)
class AskedBlock:
    """A page of the questionnaire."""

    page: int
    title_nl: str
    title_en: str
    intro_nl: str
    intro_en: str
    items: tuple[AskedItem, ...]
    random_order: bool = False

    @property
    def title(self) -> str:
        return in_language(self.title_nl, self.title_en)

    @property
    def intro(self) -> str:
        return in_language(self.intro_nl, self.intro_en)

    @cached_property
    def statements(self) -> int:
        """How many questions there are on the page, statements and others; remarks not counted."""
        return sum(item.number > 0 for item in self.items)

    @cached_property
    def by_code(self) -> dict[str, AskedItem]:
        return {item.code: item for item in self.items}

    @cached_property
    def has_conditions(self) -> bool:
        """Is there anything on the page that isn't asked of everyone?"""
        return any(item.conditions for item in self.items)

    @cached_property
    def is_the_same_for_all(self) -> bool:
        """Nothing is conditional or shuffled: everyone sees these items in this order."""
        return not (self.has_conditions or self.random_order)

    def asked_of(self, given: Mapping[str, Answered]) -> tuple[AskedItem, ...]:
        """The items whose conditions hold, with the answers so far by code of their item."""
        if not self.has_conditions:
            return self.items
        return tuple(item for item in self.items if hold(item.conditions, given))

    def draw_order(self, chance: random.Random) -> list[int]:
        """An order for one respondent, as primary keys: questions shuffled, the rest in place."""
        places = [place for place, item in enumerate(self.items) if item.number]
        drawn = chance.sample(places, len(places))
        order = [item.id for item in self.items]
        for place, taken_from in zip(places, drawn, strict=True):
            order[place] = self.items[taken_from].id
        return order

    def in_order(self, order: Sequence[int]) -> tuple[AskedItem, ...]:
        """The items in an order that was drawn before."""
        place = {item_id: number for number, item_id in enumerate(order)}
        return tuple(sorted(self.items, key=lambda item: place.get(item.id, len(place))))


@dataclass(frozen=True)
class Questionnaire:
    """A version with all its pages."""

    version_id: int
    title_nl: str
    title_en: str
    blocks: tuple[AskedBlock, ...]
    constructs: tuple[tuple[str, str, str], ...] = ()
    """What the items measure: code, and in words in Dutch and English."""

    @property
    def title(self) -> str:
        return in_language(self.title_nl, self.title_en)

    def construct_label(self, code: str) -> str:
        """What a construct is called in the language of the moment."""
        for found, dutch, english in self.constructs:
            if found == code:
                return in_language(dutch, english) or code
        return str(CONSTRUCTS.get(code, code))

    @cached_property
    def pages_of_items(self) -> dict[str, int]:
        """The page on which each item stands, by its code."""
        return {item.code: block.page for block in self.blocks for item in block.items}

    @cached_property
    def items(self) -> tuple[AskedItem, ...]:
        return tuple(item for block in self.blocks for item in block.items)

    @cached_property
    def pages(self) -> tuple[tuple[AskedItem, ...], ...]:
        """All items, page by page."""
        return tuple(block.items for block in self.blocks)

    @cached_property
    def answerable(self) -> tuple[AskedItem, ...]:
        """Everything but explanations: what an export has a column for."""
        return tuple(item for item in self.items if item.is_answerable)

    @cached_property
    def statements(self) -> int:
        return sum(block.statements for block in self.blocks)

    @cached_property
    def has_conditions(self) -> bool:
        """Is there anything that isn't asked of everyone?"""
        return any(block.has_conditions for block in self.blocks)

    @cached_property
    def is_all_statements(self) -> bool:
        """Are the questions all statements to agree with?"""
        return all(item.is_statement for item in self.items if item.number)

    @cached_property
    def minutes(self) -> int:
        """How long it takes about: twenty seconds a statement."""
        return max(1, round(self.statements / 3))


@lru_cache(maxsize=VERSIONS_KEPT)
def questionnaire(version_id: int) -> Questionnaire:
    """The questionnaire of a published version; two queries the first time, none after that."""
    version = InstrumentVersion.objects.select_related("instrument").get(
        pk=version_id, published_on__isnull=False
    )
    blocks = Block.objects.filter(version=version).prefetch_related("items").order_by("position")
    return Questionnaire(
        version_id=version_id,
        title_nl=version.title_nl,
        title_en=version.title_en,
        blocks=tuple(
            asked_block(block, list(block.items.all()), page)
            for page, block in enumerate(blocks, start=1)
        ),
        constructs=tuple(
            (row["code"], row["label_nl"], row.get("label_en", "")) for row in version.constructs
        ),
    )


def asked_block(block: Block, items: Sequence[Item], page: int) -> AskedBlock:
    """A page as it is asked, of rows that may not be stored yet."""
    asked, number = [], 0
    for item in items:
        is_question = item.kind not in KINDS_UNNUMBERED
        number += is_question
        asked.append(_asked_item(item, number if is_question else 0))
    return AskedBlock(
        page=page,
        title_nl=block.title_nl,
        title_en=block.title_en,
        intro_nl=block.intro_nl,
        intro_en=block.intro_en,
        items=tuple(asked),
        random_order=block.random_order,
    )


def _asked_item(item: Item, number: int) -> AskedItem:
    return AskedItem(
        id=item.pk,
        code=item.code,
        number=number,
        text_nl=item.text_nl,
        text_en=item.text_en,
        construct=item.construct,
        occasion=item.occasion,
        allow_na=item.allow_na,
        reversed=item.reversed,
        is_statement=item.kind == ItemKind.STATEMENT,
        kind=item.kind,
        hint_nl=item.hint_nl,
        hint_en=item.hint_en,
        mandatory=item.mandatory,
        options=tuple(_asked_option(option) for option in item.options),
        limits=LimitsSpec(**item.limits) if item.limits else UNLIMITED,
        conditions=read_conditions(item.conditions),
        stem=item.stem,
        comparable=item.comparable,
    )


def _asked_option(stored: dict[str, Any]) -> AskedOption:
    return AskedOption(
        value=stored["value"],
        code=stored["code"] or str(stored["value"]),
        label_nl=stored["label_nl"],
        label_en=stored["label_en"],
    )
