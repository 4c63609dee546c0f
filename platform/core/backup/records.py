"""Tables as lines of JSON, the same for every database, and back.

Records are read and written as they stand in their tables: with their keys and moments, without
running what saving one would do.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from core.models import MailState

AT_ONCE = 1_000
LEFT_OUT = {
    "sessions.session",  # everybody signs in anew
    "core.pulse",  # signs of life of another machine
    "modelsearch.indexentry",  # made again from the pages
    "wagtailsearch.indexentry",
}
UNDERWAY = (MailState.WAITING, MailState.CLAIMED, MailState.DELIVERING)
IN_NO_BACKUP = "its text is in no backup; whether it was sent after the backup is not known"


def tables() -> list[type[models.Model]]:
    """The models whose rows are in a backup, those of many-to-many relations too: by name, but
    what others refer to comes before them (in a circle, whichever comes first)."""
    found = apps.get_models(include_auto_created=True)
    ours = [
        model
        for model in found
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]
    kept = [model for model in ours if model._meta.label_lower not in LEFT_OUT]
    ordered: dict[type[models.Model], None] = {}
    begun: set[type[models.Model]] = set()

    def put(model: type[models.Model]) -> None:
        if model in begun:
            return
        begun.add(model)
        for field in model._meta.local_fields:
            if isinstance(field.related_model, type) and field.related_model in kept:
                put(field.related_model)
        ordered[model] = None

    for model in sorted(kept, key=lambda model: model._meta.label_lower):
        put(model)
    return list(ordered)


def fields_of(model: type[models.Model]) -> list[Any]:
    """The columns of its own table."""
    return [f for f in model._meta.local_concrete_fields if not getattr(f, "generated", False)]


def lines_of(model: type[models.Model]) -> Iterator[bytes]:
    """Its rows in portions of lines, each line a list of values in the order of `fields_of`."""
    fields = fields_of(model)
    rows = model._base_manager.order_by("pk").iterator(chunk_size=AT_ONCE)
    for some in batched(rows, AT_ONCE):
        yield b"".join(_line(row, fields) for row in some)


def _line(row: models.Model, fields: Iterable[Any]) -> bytes:
    values = _without_links(row, {field.attname: _plain(row, field) for field in fields})
    return json.dumps(list(values.values()), ensure_ascii=False).encode() + b"\n"


def _plain(row: models.Model, field: Any) -> Any:
    value = getattr(row, field.attname)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return str(value) if type(value) is str else field.value_to_string(row)


def _without_links(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """Of a mail that wasn't sent yet, no text: it holds somebody's link. And after a restore nobody
    knows whether it was sent meanwhile, so it isn't sent again by itself."""
    if row._meta.label_lower == "core.outboxmail" and values["state"] in UNDERWAY:
        values |= {"body": "", "attachment": "", "unsubscribe_url": ""}
        values |= {"state": MailState.FAILED.value, "server_answer": IN_NO_BACKUP}
        values |= {"claimed_by": "", "lease_until": None}
    return values


def empty(model: type[models.Model]) -> None:
    """Take away what migrations put there."""
    model._base_manager.all()._raw_delete(connection.alias)


def write(model: type[models.Model], lines: Iterable[bytes]) -> int:
    """Write rows as they were; how many."""
    fields, count = fields_of(model), 0
    most = connection.ops.bulk_batch_size(fields, [None] * AT_ONCE)
    for some in batched(lines, min(AT_ONCE, max(1, most))):
        rows = [_row(model, fields, json.loads(line)) for line in some]
        insert = model._base_manager._insert  # type: ignore[attr-defined]
        insert(rows, fields=fields, using=connection.alias, raw=True)
        count += len(rows)
    return count


def _row(model: type[models.Model], fields: list[Any], values: list[Any]) -> Any:
    pairs = zip(fields, values, strict=True)
    return model(**{field.attname: _as_python(field, value) for field, value in pairs})


def _as_python(field: Any, value: Any) -> Any:
    if isinstance(field, models.BinaryField) and value is not None:
        return base64.b64decode(value)
    target = field.target_field if field.is_relation else field
    return target.to_python(value)


def count_on(written: Iterable[type[models.Model]]) -> None:
    """Let the next key come after those that were written."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(written)):
            cursor.execute(sql)
