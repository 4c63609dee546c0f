"""What records and fields of people are called, in the language of the reader (names.toml)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

FILE = Path(__file__).parent / "names.toml"


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def record_name(model: str) -> str:
    """What a record is called: "people.User" -> "account"."""
    return _told(_read()["records"][model])


def field_name(model: str, field: str) -> str:
    """What a field is called: its own name in this record, or that of every field of this name."""
    return _told(_read()["of"].get(model, {}).get(field) or _read()["fields"][field])


def _told(words: list[str]) -> str:
    english, dutch = words
    return dutch if get_language() == "nl" else english


def unnamed(fields: dict[str, set[str]]) -> list[str]:
    """Records and fields without a name, and names of what isn't there. `fields` are those of each
    record."""
    read = _read()
    there = set().union(*fields.values())
    found = [f"{model}: has no name" for model in fields.keys() - read["records"].keys()]
    found += [f"{model}: no such record" for model in read["records"].keys() - fields.keys()]
    found += [f"{name}: has no name" for name in there - read["fields"].keys()]
    found += [f"{name}: no such field" for name in read["fields"].keys() - there]
    for model, own in read["of"].items():
        found += [
            f"{model}.{name}: no such field" for name in own.keys() - fields.get(model, set())
        ]
    return found
