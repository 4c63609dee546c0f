"""Fields as they stand in the file, and back."""

import base64
import json
from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput
from core.moving.kinds import Kind, label_of
from core.moving.picking import Picked, listed


class OutDesk:
    """What a translation may ask while a record leaves: the number of another, a place for a
    file."""

    def __init__(self, picked: Picked, archive: Any) -> None:
        self.picked, self.leave = picked, picked.leave
        self._archive = archive
        self.missing: Counter[str] = Counter()

    def miss(self, label: str) -> None:
        """Note a file that isn't where it should be, or that nobody can open any more."""
        self.missing[label] += 1

    def number(self, label: str, key: int | None) -> int | None:
        """The number of a record in the file."""
        return self.picked.number(label, key)

    def add_file(self, kind: str, name: str, content: Any) -> str:
        """Put a file in; its name there."""
        return str(self._archive.add_file(f"files/{kind}/{name}", content))


def told(kind: Kind, row: Any, lists: dict[str, list[int]], desk: OutDesk) -> dict[str, Any]:
    """One record as it stands in the file."""
    said: dict[str, Any] = {"id": desk.number(kind.label, row.pk)}
    for field in kind.carried:
        if field.name in kind.translated:
            said[field.name] = kind.translated[field.name].out(row, desk)
        elif field.is_relation:
            said[field.name] = desk.number(label_of(field), getattr(row, field.attname))
        else:
            said[field.name] = plain(row, field)
    return said | lists


def lists_of(kind: Kind, keys: list[int], picked: Picked) -> dict[int, dict[str, list[int]]]:
    """For each of these records the numbers that its fields with several hold."""
    found: dict[int, dict[str, list[int]]] = {
        key: {each.name: [] for each in kind.lists} for key in keys
    }
    for each in kind.lists:
        for key, other in listed(each, keys):
            number = picked.number(label_of(each), other)
            if number is not None:
                found[key][each.name].append(number)
    for told_of in found.values():
        for numbers in told_of.values():
            numbers.sort()
    return found


def plain(row: Any, field: Any) -> Any:
    """A value that JSON knows."""
    value = getattr(row, field.attname)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(field, models.JSONField):
        return value
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return str(value) if isinstance(value, str) else field.value_to_string(row)


def stored(kind: Kind, field: Any, value: Any) -> Any:
    """The value to store. Raises InvalidInput for one that this field can't have."""
    wrong = InvalidInput(
        _("This file holds something that can't be: %(kind)s, %(field)s.")
        % {"kind": kind.label, "field": field.name}
    )
    if value is None:
        if field.null:
            return None
        raise wrong
    if isinstance(field, models.JSONField):
        return value
    if not isinstance(value, str | int | float):
        raise wrong
    try:
        binary = isinstance(field, models.BinaryField)
        found = base64.b64decode(str(value)) if binary else field.to_python(value)
        _check(kind, field, found)
    except (ValidationError, ValueError, TypeError) as error:
        raise wrong from error
    return found


def _check(kind: Kind, field: Any, value: Any) -> None:
    if value in ("", None):
        return
    field.run_validators(value)
    if field.choices and field.name not in kind.free:
        known = {each for each, _words in field.flatchoices}
        if value not in known:
            raise ValueError(value)


def line(said: dict[str, Any]) -> bytes:
    """One line of a file of records."""
    return json.dumps(said, ensure_ascii=False, allow_nan=False).encode() + b"\n"
