"""A published version as plain objects, kept in the process: it is frozen, so it can't go stale."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import get_language

from surveys.enums import ItemKind
from surveys.models import Block, InstrumentVersion, Item

VERSIONS_KEPT = 64
"""A version of forty statements takes some 30 kB."""


@dataclass(frozen=True, eq=False)
class AskedItem:
    """An item as it is asked. One object an item, so it is compared and hashed by identity."""

    id: int
    code: str
    number: int
    """Among the statements of its block, from 1; 0 for a remark."""
    text_nl: str
    text_en: str
    construct: str
    occasion: str
    allow_na: bool
    reversed: bool
    is_statement: bool

    @property
    def text(self) -> str:
        """The statement in the language of the moment."""
        return self.text_en if get_language() == "en" else self.text_nl


@dataclass(frozen=True)
class AskedBlock:
    """A page of the questionnaire."""

    page: int
    title_nl: str
    title_en: str
    intro_nl: str
    intro_en: str
    items: tuple[AskedItem, ...]

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_nl

    @property
    def intro(self) -> str:
        return self.intro_en if get_language() == "en" else self.intro_nl

    @cached_property
    def statements(self) -> int:
        """How many statements there are on the page."""
        return sum(item.is_statement for item in self.items)

    @cached_property
    def by_code(self) -> dict[str, AskedItem]:
        return {item.code: item for item in self.items}


@dataclass(frozen=True)
class Questionnaire:
    """A version with all its pages."""

    version_id: int
    title_nl: str
    title_en: str
    blocks: tuple[AskedBlock, ...]

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_nl

    @cached_property
    def pages_of_items(self) -> dict[str, int]:
        """The page on which each item stands, by its code."""
        return {item.code: block.page for block in self.blocks for item in block.items}

    @cached_property
    def items(self) -> tuple[AskedItem, ...]:
        return tuple(item for block in self.blocks for item in block.items)

    @cached_property
    def statements(self) -> int:
        return sum(block.statements for block in self.blocks)

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
        title_nl=version.instrument.title_nl,
        title_en=version.instrument.title_en,
        blocks=tuple(_asked_block(block, page) for page, block in enumerate(blocks, start=1)),
    )


def _asked_block(block: Block, page: int) -> AskedBlock:
    items, number = [], 0
    for item in block.items.all():
        is_statement = item.kind == ItemKind.STATEMENT
        number += is_statement
        items.append(_asked_item(item, number if is_statement else 0))
    return AskedBlock(
        page=page,
        title_nl=block.title_nl,
        title_en=block.title_en,
        intro_nl=block.intro_nl,
        intro_en=block.intro_en,
        items=tuple(items),
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
    )
