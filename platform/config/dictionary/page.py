"""The data dictionary: every model and field of the house, from the models, the meanings and the
register of personal data."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import translation

from config.privacy.register import HOUSE, entries

FILE = Path(__file__).parent / "meanings.toml"
EVERYWHERE = "fields"
TITLES = {
    "people": "People and organisations",
    "benchmarks": "Benchmarks and figures",
    "surveys": "Surveys and interviews",
    "learningcircles": "Learning circles and actions",
    "evaluation": "Evaluation",
    "website": "Website",
    "core": "The floor: mail, logs and audit",
}


@cache
def meanings() -> dict[str, dict[str, str]]:
    """Of each model, and under `fields` of every model: the field -> what it holds."""
    told: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return told


def models_of_the_house() -> list[type[models.Model]]:
    """Every model of our own, by room and name."""
    ours = [each for each in apps.get_models() if each._meta.app_label in HOUSE]
    rooms = list(TITLES)
    return sorted(ours, key=lambda m: (rooms.index(m._meta.app_label), m.__name__))


def fields_of(model: type[models.Model]) -> list[Any]:
    """The columns that a model itself has; what it inherits from a page of Wagtail is Wagtail's."""
    own = model._meta.local_concrete_fields
    return [each for each in own if not each.auto_created and each.name != "id"]


def meaning_of(model: type[models.Model], field: Any) -> str:
    """What a field holds; empty where nobody says."""
    own = meanings().get(model._meta.label, {}).get(field.name)
    with translation.override("en"):
        return own or str(field.help_text) or meanings()[EVERYWHERE].get(field.name, "")


def gaps() -> list[str]:
    """Fields that are told nowhere, and lines of the file that speak of no field."""
    house = models_of_the_house()
    found = [
        f"{model._meta.label}.{field.name}: not told"
        for model in house
        for field in fields_of(model)
        if not meaning_of(model, field)
    ]
    there = {model._meta.label: {each.name for each in fields_of(model)} for model in house}
    there[EVERYWHERE] = {"id"}.union(*there.values())
    for label, told in meanings().items():
        found += [
            f"{label}.{name}: no such field" for name in told.keys() - there.get(label, set())
        ]
    return sorted(found)


def _words(text: str) -> str:
    """On one line, and with nothing in it that a table or a heading would take for its own."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _description(model: type[models.Model]) -> str:
    """The docstring, without the tables that some hold."""
    lines = (model.__doc__ or "").split("\n\n")
    text = [re.sub(r"^- ", "", each.strip(), flags=re.MULTILINE) for each in lines]
    return "\n\n".join(_words(each) for each in text if not each.startswith("|"))


def _kind(field: Any) -> str:
    """The type of a field: what it leads to, how long it may be, what it may be."""
    if field.is_relation:
        return f"→ `{field.related_model._meta.label}`"
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(field).__name__.removesuffix("Field")).lower()
    kind = {"char": "text", "positive small integer": "whole number"}.get(kind, kind)
    if field.choices:
        codes = [str(code) for code, _label in field.flatchoices if str(code)]
        return f"{kind}: {', '.join(f'`{code}`' for code in codes)}"
    return f"{kind}, at most {field.max_length}" if field.max_length else kind


def _rows(model: type[models.Model], personal: set[str]) -> Iterator[str]:
    for field in fields_of(model):
        is_filled = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        may_lack = "yes" if field.null or (field.blank and not is_filled) else "no"
        cells = (
            f"`{field.name}`",
            _words(meaning_of(model, field)),
            _kind(field),
            may_lack,
            "yes" if field.name in personal else "no",
        )
        yield "| " + " | ".join(cells) + " |"


def as_page() -> str:
    """docs/data-dictionary.md."""
    personal = {entry.model: set(entry.personal) for entry in entries()}
    lines = [
        "# The data dictionary",
        "",
        "Made by `benchlearn data-dictionary` from the models, from",
        "`platform/config/dictionary/meanings.toml` and from the register of personal data; a test",
        "holds it to them. Every record has a number, `id`, unless another field is its key. What",
        "may be empty may lack a value. What is personal, why it is kept and how long stands in",
        "[what is kept of people](privacy-register.md).",
    ]
    room = ""
    for model in models_of_the_house():
        if model._meta.app_label != room:
            room = model._meta.app_label
            lines += ["", f"## {TITLES[room]}"]
        lines += ["", f"### {model._meta.label}", "", _description(model)]
        rows = list(_rows(model, personal.get(model._meta.label, set())))
        if rows:
            lines += ["", "| field | meaning | type | may be empty | personal |"]
            lines += ["| --- | --- | --- | --- | --- |", *rows]
    return "\n".join(lines) + "\n"
