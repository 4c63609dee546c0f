"""Fields that hold the name of a file in private storage."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from core.moving.kinds import Translation

STORAGE = "private"
IN_FILE = {"type": ["string", "null"], "description": "the name of a part of this file"}


def stored_file(
    field: str,
    name_for: Callable[[Any, str], str],
    *,
    check: Callable[[Any], Any] | None = None,
    size: str = "",
) -> Translation:
    """A file that travels as it is. `check` looks into it where it arrives, as at an upload, and
    may draw it anew; `size` is the field that tells how large it is."""

    def out(row: Any, desk: Any) -> str | None:
        name = str(getattr(row, field) or "")
        number = desk.number(row._meta.label, row.pk)
        return packed(row._meta.label, f"{number}{PurePath(name).suffix.lower()}", name, desk)

    def into(value: Any, row: Any, desk: Any) -> str:
        if not value:
            return ""
        raw = desk.content(row._meta.label, value)
        if check is not None:
            raw = check(ContentFile(raw, name=PurePath(value).name)).read()
        if size:
            setattr(row, size, len(raw))
        return str(desk.keep(name_for(row, value), raw))

    return Translation(out=out, into=into, schema=IN_FILE)


def packed(label: str, name: str, stored: str, desk: Any) -> str | None:
    """Put a stored file in; its name there, None when there is none or it isn't there any more."""
    if not stored:
        return None
    if not storages[STORAGE].exists(stored):
        desk.miss(label)
        return None
    with storages[STORAGE].open(stored) as content:
        return str(desk.add_file(label, name, content))
