"""Questionnaires as JSON. The schema is published in docs/instrument.schema.json."""

import json
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.csvfiles import InvalidFile
from surveys.enums import Comparison, ItemKind, Occasion
from surveys.formats.reading import Imported, Reading, read_text
from surveys.specs import (
    BlockSpec,
    ConditionSpec,
    ConstructSpec,
    InstrumentSpec,
    ItemSpec,
    LimitsSpec,
    OptionSpec,
)


class Strict(BaseModel):
    """No unknown keys, no other types than those named."""

    model_config = ConfigDict(extra="forbid", strict=True, validate_by_name=True)


class Words(Strict):
    """A text in both languages; "" where it isn't translated."""

    nl: str = ""
    en: str = ""


class Option(Strict):
    """A point of a scale, or an option to choose. Answers hold its value."""

    value: int = Field(ge=0, le=9999)
    code: str = ""
    label: Words = Words()


class Condition(Strict):
    """One test of the answer to an item on an earlier page."""

    item: str
    test: Literal[tuple(Comparison.values)]  # type: ignore[valid-type]
    values: list[str] = []


class Item(Strict):
    """One item; `conditions` are groups, of each of which one test must hold."""

    code: str
    kind: Literal[tuple(ItemKind.values)] = "statement"  # type: ignore[valid-type]
    text: Words
    hint: Words = Words()
    measures: str = Field(default="", alias="construct")
    reversed: bool = False
    occasion: Literal[tuple(Occasion.values)] = ""  # type: ignore[valid-type]
    stem: str = ""
    allow_na: bool = False
    mandatory: bool = False
    options: list[Option] = Field(default=[], max_length=60)
    lowest: str = ""
    highest: str = ""
    decimals: int = Field(default=0, ge=0, le=6)
    conditions: list[list[Condition]] = []
    same_meaning: bool = False


class Block(Strict):
    """One page."""

    title: Words
    intro: Words = Words()
    random_order: bool = False
    items: list[Item] = Field(max_length=500)


class Construct(Strict):
    """What items measure together."""

    code: str
    label: Words


class Instrument(Strict):
    """A questionnaire of Benchlearn."""

    format: Literal["benchlearn-instrument/1"]
    code: str
    title: Words
    constructs: list[Construct] = Field(default=[], max_length=200)
    blocks: list[Block] = Field(max_length=100)


def schema() -> dict[str, Any]:
    """The published schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema"
    } | Instrument.model_json_schema()


def read_json(raw: bytes) -> Imported:
    """The questionnaire of a JSON file. Raises InvalidFile with everything that is wrong."""
    text = read_text(raw)
    try:
        read = Instrument.model_validate(json.loads(text))
    except (json.JSONDecodeError, RecursionError) as error:
        raise InvalidFile(
            [_("The file is no valid JSON (%(error)s).") % {"error": error}]
        ) from error
    except ValidationError as error:
        raise InvalidFile([_said(wrong) for wrong in error.errors(include_url=False)]) from error
    reading = Reading()
    spec = _spec(read, reading)
    reading.refuse()
    return Imported(spec, tuple(reading.findings))


def _said(wrong: Any) -> str:
    place = ".".join(str(part) for part in wrong["loc"]) or "file"
    return f"{place}: {wrong['msg']}"


def _spec(read: Instrument, reading: Reading) -> InstrumentSpec:
    blocks = []
    for page, block in enumerate(read.blocks, start=1):
        title, intro = (
            _pair(reading, block.title, f"page {page}"),
            _pair(reading, block.intro, f"page {page}"),
        )
        items = tuple(_item(item, reading) for item in block.items)
        blocks.append(BlockSpec(*title, *intro, items, block.random_order))
    constructs = tuple(
        ConstructSpec(construct.code, *_pair(reading, construct.label, construct.code))
        for construct in read.constructs
    )
    title = _pair(reading, read.title, "title")
    return InstrumentSpec(read.code, *title, tuple(blocks), constructs)


def _pair(reading: Reading, words: Words, where: str) -> tuple[str, str]:
    return reading.text(words.nl, where), reading.text(words.en, where)


def _item(item: Item, reading: Reading) -> ItemSpec:
    text, hint = _pair(reading, item.text, item.code), _pair(reading, item.hint, item.code)
    return ItemSpec(
        code=item.code,
        construct=item.measures,
        text_nl=text[0],
        text_en=text[1],
        occasion=item.occasion,
        kind=item.kind,
        allow_na=item.allow_na,
        mandatory=item.mandatory,
        reversed=item.reversed,
        hint_nl=hint[0],
        hint_en=hint[1],
        options=tuple(
            OptionSpec(
                option.value,
                *_pair(reading, option.label, item.code),
                reading.text(option.code, item.code)[:60],
            )
            for option in item.options
        ),
        limits=LimitsSpec(item.lowest, item.highest, item.decimals),
        conditions=tuple(
            tuple(ConditionSpec(test.item, test.test, tuple(test.values)) for test in group)
            for group in item.conditions
            if group
        ),
        stem=item.stem,
        same_meaning=item.same_meaning,
    )


def write_json(spec: InstrumentSpec) -> bytes:
    """The questionnaire as JSON, to be read by `read_json`."""
    whole = Instrument(
        format="benchlearn-instrument/1",
        code=spec.code,
        title=Words(nl=spec.title_nl, en=spec.title_en),
        constructs=[
            Construct(code=one.code, label=Words(nl=one.label_nl, en=one.label_en))
            for one in spec.constructs
        ],
        blocks=[
            Block(
                title=Words(nl=block.title_nl, en=block.title_en),
                intro=Words(nl=block.intro_nl, en=block.intro_en),
                random_order=block.random_order,
                items=[_written(item) for item in block.items],
            )
            for block in spec.blocks
        ],
    )
    return (whole.model_dump_json(indent=1, by_alias=True) + "\n").encode()


def _written(item: ItemSpec) -> Item:
    return Item(
        code=item.code,
        kind=str(item.kind),
        text=Words(nl=item.text_nl, en=item.text_en),
        hint=Words(nl=item.hint_nl, en=item.hint_en),
        construct=item.construct,
        reversed=item.reversed,
        occasion=str(item.occasion),
        stem=item.stem,
        allow_na=item.allow_na,
        mandatory=item.mandatory,
        options=[
            Option(
                value=option.value,
                code=option.code,
                label=Words(nl=option.label_nl, en=option.label_en),
            )
            for option in item.options
        ],
        lowest=item.limits.lowest,
        highest=item.limits.highest,
        decimals=item.limits.decimals,
        conditions=[
            [Condition(item=t.item, test=str(t.test), values=list(t.values)) for t in group]
            for group in item.conditions
        ],
        same_meaning=item.same_meaning,
    )
