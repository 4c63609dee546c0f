"""The OpenAPI document read for a page: what can be asked, how, and what comes back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of an answer."""

    name: str
    kind: str
    text: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that can be asked."""

    name: str
    path: str
    summary: str | Promise
    scope: str
    has_csv: bool
    parameters: tuple[Field, ...]
    gives: tuple[Field, ...]


def read_operations(document: Mapping[str, Any]) -> list[Operation]:
    """Every operation of an OpenAPI document, in its order."""
    schemas = document["components"]["schemas"]
    return [
        _operation(path, told, schemas)
        for path, methods in document["paths"].items()
        for told in methods.values()
    ]


def _operation(path: str, told: Mapping[str, Any], schemas: Mapping[str, Any]) -> Operation:
    content = told["responses"][200]["content"]
    parameters = (
        Field(
            each["name"],
            _kind(each["schema"], schemas),
            _said(each["schema"]),
            each["required"],
        )
        for each in told["parameters"]
    )
    return Operation(
        name=told["operationId"],
        path=path,
        summary=told["summary"],
        scope=told["x-scope"],
        has_csv="text/csv" in content,
        parameters=tuple(parameters),
        gives=tuple(_fields(content["application/json"]["schema"], schemas)),
    )


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Field]:
    """The fields of an answer; of a list those of its rows."""
    properties = _resolved(schema, schemas)["properties"]
    if "items" in properties and "next" in properties:
        properties = _resolved(properties["items"]["items"], schemas)["properties"]
    for name, each in properties.items():
        yield Field(name, _kind(each, schemas), _said(each), True)


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema itself, where only its name was given."""
    reference = schema.get("$ref")
    return schemas[reference.rpartition("/")[2]] if reference else schema


def _said(schema: Mapping[str, Any]) -> str:
    """The description in the language of the page; those of fields are marked for translation."""
    text = schema.get("description", "")
    return _(text) if text else ""


def _kind(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    """In a word or two what a value is."""
    schema = _resolved(schema, schemas)
    several = schema.get("anyOf") or schema.get("allOf")
    if several:
        return " | ".join(filter(None, (_kind(each, schemas) for each in several)))
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"] if each != "")
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"{_kind(schema['items'], schemas)}[]"
    return str(schema.get("format") or schema.get("type") or "")
