"""From items to variables: what each kind of item becomes in a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from surveys.enums import Agreement, ItemKind, Occasion
from surveys.exporting.variables import Kind, Variable, Words, valid_names
from surveys.models import Item

LANGUAGES = ("nl", "en")
SEPARATE = frozenset({ItemKind.MULTIPLE, ItemKind.RANKING})
"""These become a variable an option."""
KIND_OF: dict[str, Kind] = {
    ItemKind.STATEMENT: Kind.CODED,
    ItemKind.SINGLE: Kind.CODED,
    ItemKind.MULTIPLE: Kind.CODED,
    ItemKind.RANKING: Kind.CODED,
    ItemKind.NUMBER: Kind.NUMBER,
    ItemKind.DATE: Kind.DATE,
    ItemKind.SHORT_TEXT: Kind.TEXT,
    ItemKind.OPEN_TEXT: Kind.TEXT,
}
LEVEL_OF: dict[str, str] = {
    ItemKind.STATEMENT: "ordinal",
    ItemKind.RANKING: "ordinal",
    ItemKind.NUMBER: "scale",
    ItemKind.DATE: "scale",
}


def in_both(text: Any) -> dict[str, str]:
    """A translatable text in both languages."""
    words = {}
    for language in LANGUAGES:
        with override(language):
            words[language] = str(text)
    return words


@dataclass(frozen=True, slots=True)
class ItemColumn:
    """One column of an item; `option` is the value it is about where an item has several."""

    item: Item
    variable: Variable
    option: int | None = None


def items_of(version_id: int) -> list[Item]:
    """What is asked in a version, in its order; an explanation asks nothing."""
    rows = Item.objects.filter(block__version=version_id).exclude(kind=ItemKind.EXPLANATION)
    return list(rows.select_related("block").order_by("block__position", "position"))


def columns_of(items: Iterable[Item], taken: Iterable[str] = ()) -> list[ItemColumn]:
    """The columns of these items, with names that differ from those that are `taken`."""
    found = [(item, code, option) for item in items for code, option in _codes(item)]
    before = list(taken)
    names = valid_names([*before, *(code for _item, code, _option in found)])
    return [
        ItemColumn(
            item, _variable(item, code, names[code], option), option["value"] if option else None
        )
        for item, code, option in found
    ]


def _codes(item: Item) -> Iterator[tuple[str, dict[str, Any] | None]]:
    if item.kind not in SEPARATE:
        yield item.code, None
        return
    for option in item.options:
        yield f"{item.code}_{option['value']}", option


def _variable(item: Item, code: str, name: str, option: dict[str, Any] | None) -> Variable:
    return Variable(
        code=code,
        name=name,
        kind=KIND_OF[item.kind],
        label=_label(item, option),
        level=LEVEL_OF.get(item.kind, "nominal"),
        values=_values(item),
        construct=item.construct,
        reversed=item.reversed,
        item=item.code,
    )


def _label(item: Item, option: dict[str, Any] | None) -> Words:
    texts = {"nl": item.text_nl, "en": item.text_en or item.text_nl}
    if item.occasion:
        occasion = in_both(Occasion(item.occasion).label)
        texts = {language: f"{text} [{occasion[language]}]" for language, text in texts.items()}
    if option is None:
        return texts
    words = _words_of(option)
    return {language: f"{text} – {words[language]}" for language, text in texts.items()}


def _words_of(option: dict[str, Any]) -> dict[str, str]:
    dutch = option.get("label_nl") or option.get("label_en") or str(option["value"])
    return {"nl": dutch, "en": option.get("label_en") or dutch}


def _values(item: Item) -> dict[int, Words]:
    """The values of a coded item with their labels."""
    if item.kind == ItemKind.MULTIPLE:
        return {0: in_both(_("not chosen")), 1: in_both(_("chosen"))}
    if item.kind == ItemKind.RANKING:
        return {}
    if item.kind == ItemKind.STATEMENT and not item.options:
        return {point.value: in_both(point.label) for point in Agreement}
    return {option["value"]: _words_of(option) for option in item.options}
