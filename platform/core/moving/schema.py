"""What stands where in the file of a programme, as JSON Schema, for who reads it with another
program. `docs/programme.schema.json` is this, and a test holds it to the models."""

from typing import Any

from django.db import models

from core.moving.archive import FORMAT, NAME
from core.moving.kinds import Kind, kinds, label_of, staying

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: dict[str, Any] = {"type": "string"}
TYPES: list[tuple[type[models.Field], dict[str, Any]]] = [
    (models.BooleanField, {"type": "boolean"}),
    (models.DecimalField, {"type": "string", "description": "a decimal number"}),
    (models.IntegerField, {"type": "integer"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.TimeField, {"type": "string", "format": "time"}),
    (models.UUIDField, {"type": "string", "format": "uuid"}),
    (models.JSONField, {}),
    (models.BinaryField, {"type": "string", "contentEncoding": "base64"}),
]


def schema() -> dict[str, Any]:
    """The manifest, and one line of each kind of record under `$defs`."""
    part = {"type": "object", "required": ["bytes", "sha256"]}
    counts = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
    return {
        "$schema": DIALECT,
        "title": "The file of a programme",
        "description": "manifest.json; a line of records/KIND.jsonl is #/$defs/KIND",
        "type": "object",
        "required": ["format", "version", "programme", "made_at", "records", "parts"],
        "properties": {
            "format": {"const": NAME},
            "version": {"const": FORMAT},
            "programme": {"type": "string", "description": "its code"},
            "made_at": {"type": "string", "format": "date-time"},
            "complete": {"type": "boolean", "description": "holds what only a few may read, too"},
            "records": counts,
            "left_out": counts,
            "missing": counts,
            "parts": {"type": "object", "additionalProperties": part},
        },
        "$defs": {kind.label: _of(kind) for kind in sorted(kinds(), key=lambda kind: kind.label)},
        "x-stays": dict(sorted(staying().items())),
    }


def _of(kind: Kind) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": {"type": "integer", "minimum": 1, "description": "counts within this file"}
    }
    said |= {field.name: _field(kind, field) for field in kind.carried}
    for each in kind.lists:
        target = {"type": "integer", "minimum": 1}
        said[each.name] = {"type": "array", "items": target, "x-kind": label_of(each)}
    told = {"type": "object", "additionalProperties": False, "required": list(said)}
    return told | {"properties": said, "x-without": dict(kind.without)}


def _field(kind: Kind, field: Any) -> dict[str, Any]:
    if field.name in kind.translated:
        return dict(kind.translated[field.name].schema)
    found: dict[str, Any]
    if field.is_relation:
        found = {"type": "integer", "minimum": 1, "x-kind": label_of(field)}
    else:
        found = dict(next((told for cls, told in TYPES if isinstance(field, cls)), TEXT))
        if field.choices and field.name not in kind.free:
            values = [value for value, _words in field.flatchoices]
            open_too = [""] if field.blank and "" not in values else []
            found["enum"] = values + open_too
    if field.null and "type" in found:
        found["type"] = [found["type"], "null"]
        if "enum" in found:
            found["enum"] = [*found["enum"], None]
    return found
