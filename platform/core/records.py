"""Writing a record only when it differs: what is loaded twice changes nothing."""

from typing import Any

from django.db import models


def keep[M: models.Model](model: type[M], key: dict[str, Any], **fields: Any) -> M:
    """The one record with this key, made if there is none, saved only if a field differs."""
    row, new = model._default_manager.get_or_create(**key, defaults=fields)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    if not new and changed:
        for name in changed:
            setattr(row, name, fields[name])
        row.save()
    return row
