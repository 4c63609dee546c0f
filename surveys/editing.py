"""Between the editor and the plain objects: a draft's blocks read as a questionnaire, and back."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from surveys.enums import ItemKind, Occasion
from surveys.specs import (
    BlockSpec,
    Conditions,
    ConditionSpec,
    ConstructSpec,
    InstrumentSpec,
    ItemSpec,
    LimitsSpec,
    OptionSpec,
)

HERE = "{occasion}"
NAMES = {
    Occasion.CIRCLE: ("de leerkring", "the learning circle"),
    Occasion.SESSION: ("het duidingsgesprek", "the interpretation session"),
}


def spec_of_draft(instrument: Any) -> InstrumentSpec:
    """What stands in the editor, as plain objects; items of several occasions are written out."""
    pages, constructs = [], []
    for block in instrument.body:
        if block.block_type == "page":
            pages.append(_page(block.value))
        else:
            value = block.value
            constructs.append(ConstructSpec(value["code"], value["label_nl"], value["label_en"]))
    return InstrumentSpec(
        code=instrument.code,
        title_nl=instrument.title_nl,
        title_en=instrument.title_en,
        blocks=tuple(pages),
        constructs=tuple(constructs),
    )


def _page(value: Mapping[str, Any]) -> BlockSpec:
    items = [
        written
        for child in value["items"]
        for written in _for_each_occasion(_item(child.block_type, child.value), child.value)
    ]
    return BlockSpec(
        title_nl=value["title_nl"] or "",
        title_en=value["title_en"] or "",
        intro_nl=value["intro_nl"] or "",
        intro_en=value["intro_en"] or "",
        items=tuple(items),
        random_order=bool(value["random_order"]),
    )


def _item(kind: str, value: Mapping[str, Any]) -> ItemSpec:
    details = value["details"]
    return ItemSpec(
        code=(value["code"] or "").strip(),
        construct=(value.get("construct") or "").strip(),
        text_nl=value["text_nl"] or "",
        text_en=value["text_en"] or "",
        kind=kind,
        allow_na=bool(value.get("allow_na")),
        mandatory=bool(value.get("mandatory")),
        reversed=bool(value.get("reversed")),
        hint_nl=details["hint_nl"] or "",
        hint_en=details["hint_en"] or "",
        options=tuple(
            OptionSpec(
                option["value"] or 0,
                option["label_nl"] or "",
                option["label_en"] or "",
                option["code"] or "",
            )
            for option in value.get("options", ())
        ),
        limits=LimitsSpec(
            (value.get("lowest") or "").strip(),
            (value.get("highest") or "").strip(),
            value.get("decimals") or 0,
        ),
        conditions=_conditions(details["conditions"]),
        same_meaning=bool(details["same_meaning"]),
    )


def _conditions(rows: Iterable[Mapping[str, Any]]) -> Conditions:
    """Rows that are joined by "or the next one" are one group."""
    groups: list[list[ConditionSpec]] = []
    joins = False
    for row in rows:
        values = tuple(part.strip() for part in (row["values"] or "").split(",") if part.strip())
        test = ConditionSpec((row["item"] or "").strip(), row["test"] or "", values)
        if joins:
            groups[-1].append(test)
        else:
            groups.append([test])
        joins = bool(row["either"])
    return tuple(tuple(group) for group in groups)


def _for_each_occasion(item: ItemSpec, value: Mapping[str, Any]) -> Iterable[ItemSpec]:
    occasions = [name for name in Occasion.values if name in (value.get("occasions") or ())]
    if not occasions:
        return [item]
    several = len(occasions) > 1
    return [
        replace(
            item,
            code=f"{item.code}-{occasion}" if several else item.code,
            stem=item.code if several else "",
            occasion=occasion,
            text_nl=put_in(item.text_nl, NAMES[Occasion(occasion)][0]),
            text_en=put_in(item.text_en, NAMES[Occasion(occasion)][1]),
        )
        for occasion in occasions
    ]


def put_in(text: str, name: str) -> str:
    """A text with the name of the occasion in it; with a capital where a sentence begins."""
    text = re.sub(r"(^|[.!?]\s+)\{occasion\}", lambda m: m[1] + name[0].upper() + name[1:], text)
    return text.replace(HERE, name)


def body_of(spec: InstrumentSpec) -> list[dict[str, Any]]:
    """A questionnaire as the editor stores it. Occasions stay written out, an item each."""
    constructs = [_block("construct", asdict(construct)) for construct in spec.constructs]
    return constructs + [
        _block(
            "page",
            {
                "title_nl": block.title_nl,
                "title_en": block.title_en,
                "intro_nl": block.intro_nl,
                "intro_en": block.intro_en,
                "random_order": block.random_order,
                "items": [_block(str(item.kind), _item_value(item)) for item in block.items],
            },
        )
        for block in spec.blocks
    ]


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _item_value(item: ItemSpec) -> dict[str, Any]:
    value: dict[str, Any] = {
        "code": item.code,
        "text_nl": item.text_nl,
        "text_en": item.text_en,
        "details": {
            "hint_nl": item.hint_nl,
            "hint_en": item.hint_en,
            "same_meaning": item.same_meaning,
            "conditions": [_block("item", row) for row in _condition_rows(item.conditions)],
        },
    }
    if item.kind == ItemKind.EXPLANATION:
        return value
    return value | {
        "construct": item.construct,
        "occasions": [str(item.occasion)] if item.occasion else [],
        "mandatory": item.mandatory,
        "allow_na": item.allow_na,
        "reversed": item.reversed,
        "options": [_block("item", asdict(option)) for option in item.options],
        "lowest": item.limits.lowest,
        "highest": item.limits.highest,
        "decimals": item.limits.decimals,
    }


def _condition_rows(conditions: Conditions) -> Iterable[dict[str, Any]]:
    for group in conditions:
        for number, test in enumerate(group, start=1):
            yield {
                "item": test.item,
                "test": str(test.test),
                "values": ", ".join(test.values),
                "either": number < len(group),
            }
