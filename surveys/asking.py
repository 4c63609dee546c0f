"""What is asked of one respondent: which items, on which pages, in which order. Pure.

Conditions speak of earlier pages, so the pages are walked in order, and the answer to an item that
is not asked any more counts as not given for what comes after it.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.given import Given
from surveys.reading import what_is_missing
from surveys.structure import AskedBlock, AskedItem, Questionnaire

CHANCE = random.SystemRandom()
"""Orders are drawn from this and never worked out from a link: they could be traced to it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The items that are asked, page by page, and the answers that count."""

    pages: tuple[tuple[AskedItem, ...], ...]
    answers: Mapping[int, Given] = field(default_factory=dict)

    def items(self, page: int) -> tuple[AskedItem, ...]:
        """What is asked on a page, counted from 1."""
        return self.pages[page - 1]

    def page_after(self, pages_done: int) -> int:
        """The first page with anything on it after these; one more than the last for none."""
        for page in range(pages_done + 1, len(self.pages) + 1):
            if self.pages[page - 1]:
                return page
        return len(self.pages) + 1

    def page_before(self, page: int) -> int:
        """The last page with anything on it before this one; 0 for none."""
        return next((found for found in range(page - 1, 0, -1) if self.pages[found - 1]), 0)

    def unfinished_page(self) -> int | None:
        """The first page with a mandatory item that has no sufficient answer."""
        for page, items in enumerate(self.pages, start=1):
            if any(what_is_missing(item, self.answers.get(item.id)) for item in items):
                return page
        return None


def asked_of(whole: Questionnaire, answers: Mapping[int, Given]) -> Asked:
    """What is asked of somebody with these answers, by primary key of their item."""
    if not whole.has_conditions:
        return Asked(whole.pages, answers)
    by_code: dict[str, Given] = {}
    pages = []
    for block in whole.blocks:
        items = block.asked_of(by_code)
        by_code |= {item.code: answers[item.id] for item in items if item.id in answers}
        pages.append(items)
    counting = {item.id for items in pages for item in items}
    return Asked(tuple(pages), {key: given for key, given in answers.items() if key in counting})


def draw_orders(
    whole: Questionnaire, shown: Mapping[int, Sequence[int]] | None = None
) -> dict[str, list[int]]:
    """An order for each shuffled page, as responses keep it; that of `shown`, by page, stands."""
    return {
        str(block.page): list((shown or {}).get(block.page) or block.draw_order(CHANCE))
        for block in whole.blocks
        if block.random_order
    }


def read_order(block: AskedBlock, posted: str) -> list[int] | None:
    """The order in which a page was shown, as it posts it; None when it can't be one of it."""
    places = posted.split(".")
    if not all(place.isdecimal() and len(place) < 4 for place in places):
        return None
    if sorted(map(int, places)) != list(range(len(block.items))):
        return None
    drawn = [block.items[int(place)] for place in places]
    stay = all(
        item.number or item is drawn[place] for place, item in enumerate(block.items)
    )  # remarks and explanations keep their place
    return [item.id for item in drawn] if stay else None


def write_order(block: AskedBlock, order: Sequence[int]) -> str:
    """An order as a page posts it: places in the block, so that it tells nothing else."""
    place = {item.id: str(number) for number, item in enumerate(block.items)}
    return ".".join(place[item_id] for item_id in order)
