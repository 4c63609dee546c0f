"""What is kept of one person: for their own page, and as a file."""

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from config.privacy.names import field_name, record_name
from config.privacy.register import entries
from core.audit import Deed, record

SECRETS = frozenset({"password", "session_key", "session_data"})
"""Kept of a person, and never given out: who holds them is that person."""
MOST_ROWS = 10_000


def data_of(user: Any) -> dict[str, list[dict[str, Any]]]:
    """Each record that leads to this account: model -> rows of field -> value. What was answered
    without a name can't be found by anybody, and so isn't here."""
    found = {}
    for entry in entries():
        if not entry.person:
            continue
        mine = Q()
        for path in entry.person:
            mine |= Q(**{path: user.pk})
        names = [name for name in entry.personal if name not in SECRETS]
        rows = apps.get_model(entry.model)._base_manager.filter(mine).order_by("pk")
        held = list(rows.values(*names)[:MOST_ROWS])
        if held:
            found[entry.model] = held
    return found


def file_of(user: Any) -> dict[str, Any]:
    """The same with what it is for, to be written as JSON; noted in the audit log."""
    about = {entry.model: entry for entry in entries()}
    records = [
        {
            "record": model,
            "name": record_name(model),
            **about[model].told(),
            "fields": {name: field_name(model, name) for name in rows[0]},
            "rows": rows,
        }
        for model, rows in data_of(user).items()
    ]
    record(Deed.OWN_DATA_FETCHED, user, by=user)
    return {"account": user.email, "made_at": timezone.now(), "records": records}
