"""What readers of other systems' files share: pages, codes, conditions, put together in order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from surveys.enums import ItemKind
from surveys.formats.expressions import CantSay, read_expression
from surveys.formats.reading import Reading
from surveys.labels import agreement_in
from surveys.specs import BlockSpec, Conditions, ItemSpec, OptionSpec


@dataclass
class Page:
    """A page being read."""

    title_nl: str = ""
    title_en: str = ""
    intro_nl: str = ""
    intro_en: str = ""
    random_order: bool = False
    relevance: tuple[str, ...] = ()
    items: list[ItemSpec] = field(default_factory=list)


@dataclass
class Assembly:
    """The pages of a file, with the expression under which each item is asked."""

    reading: Reading
    title: tuple[str, str] = ("", "")
    pages: list[Page] = field(default_factory=list)
    expressions: dict[str, list[str]] = field(default_factory=dict)
    ticked: dict[str, str] = field(default_factory=dict)
    """Where an option of several is an item of its own, "Q3_X2": the code of that option."""

    def add(self, page: Page, item: ItemSpec, *expressions: str) -> None:
        """Put an item on a page, under its own conditions and those of the page."""
        item = replace(item, options=without_default(item.kind, item.options))
        page.items.append(item)
        wanted = [text for text in (*page.relevance, *expressions) if text.strip()]
        self.expressions[item.code] = wanted

    def blocks(self, rename: Callable[[str], str] = str) -> tuple[BlockSpec, ...]:
        """The pages, with a new one begun where an item depends on the same page."""
        options = {i.code: i.options for page in self.pages for i in page.items}
        blocks = []
        for page in self.pages:
            items = [self._with_conditions(item, options, rename) for item in page.items]
            parts = self._parts(items)
            for part in parts:
                blocks.append(self._block(page, part, is_first=part is parts[0]))
        return tuple(blocks)

    def _block(self, page: Page, items: list[ItemSpec], *, is_first: bool) -> BlockSpec:
        own = (page.title_nl, page.title_en)
        title_nl, title_en = own if any(own) else self.title
        return BlockSpec(
            title_nl=title_nl[:120],
            title_en=title_en[:120],
            intro_nl=page.intro_nl if is_first else "",
            intro_en=page.intro_en if is_first else "",
            items=tuple(items),
            random_order=page.random_order,
        )

    def _parts(self, items: list[ItemSpec]) -> list[list[ItemSpec]]:
        parts: list[list[ItemSpec]] = [[]] if items else []
        for item in items:
            here = {other.code for other in parts[-1]}
            if any(test.item in here for group in item.conditions for test in group):
                parts.append([])
                self.reading.changed(
                    item.code, _("begins a page of its own: it depends on an answer just before it")
                )
            parts[-1].append(item)
        return parts

    def _with_conditions(
        self,
        item: ItemSpec,
        options: dict[str, tuple[OptionSpec, ...]],
        rename: Callable[[str], str],
    ) -> ItemSpec:
        def value_of(name: str, code: str) -> str:
            if name in self.ticked:
                if code != "Y":
                    raise CantSay(code)
                code = self.ticked[name]
            for option in options.get(rename(name), ()):
                if code in (option.code, str(option.value)):
                    return str(option.value)
            return code

        conditions: Conditions = ()
        for text in self.expressions.get(item.code, ()):
            try:
                found = read_expression(text, value_of)
            except CantSay:
                self.reading.left_out(
                    item.code,
                    _("its condition can't be carried over, so everyone is asked: %(condition)s")
                    % {"condition": text[:120]},
                )
                continue
            conditions += tuple(
                tuple(replace(test, item=rename(test.item)) for test in group) for group in found
            )
        return replace(item, conditions=conditions)


def options_of(rows: list[tuple[str, str, str]]) -> tuple[OptionSpec, ...]:
    """Options from code and labels; their codes are their values where all are whole numbers."""
    codes = [code for code, _nl, _en in rows]
    numeric = all(re.fullmatch(r"\d{1,4}", code) for code in codes)
    if numeric and len({int(code) for code in codes}) == len(codes):
        return tuple(OptionSpec(int(code), nl, en) for code, nl, en in rows)
    return tuple(
        OptionSpec(number, nl, en, code) for number, (code, nl, en) in enumerate(rows, start=1)
    )


def without_default(kind: str, options: tuple[OptionSpec, ...]) -> tuple[OptionSpec, ...]:
    """No options of its own for a statement on the five-point scale with its usual words."""
    usual = [(value, agreement_in("nl", value), agreement_in("en", value)) for value in range(1, 6)]
    found = [(option.value, option.label_nl, option.label_en) for option in options]
    unlabelled = [(value, "", "") for value in range(1, 6)]
    is_usual = kind == ItemKind.STATEMENT and found in (usual, unlabelled)
    return () if is_usual else options


def is_scale(options: tuple[OptionSpec, ...]) -> bool:
    """2 to 11 points, numbered upward from 0 or 1?"""
    values = [option.value for option in options]
    return (
        2 <= len(values) <= 11
        and values[0] in (0, 1)
        and values == list(range(values[0], values[0] + len(values)))
    )
