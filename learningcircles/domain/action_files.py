"""Decisions on the files of an action."""

from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from core.models import log_activity
from core.uploads import accepted, name_of
from learningcircles.models import Action, ActionFile


@transaction.atomic
def add_action_file(action: Action, *, by: Any, file: File, key: UUID | None = None) -> ActionFile:
    """Put a file with an action, for those who see it. The same `key` does so once."""
    if key and (made := ActionFile.objects.filter(action=action, key=key).first()):
        return made
    kept = accepted(file)
    row = ActionFile(action=action, file_name=name_of(kept), size=kept.size, shared_by=by, key=key)
    row.file.save(row.file_name, kept, save=False)
    row.save()
    log_activity(action, "add_action_file", actor=by, file=row.file_name)
    return row


@transaction.atomic
def remove_action_file(row: ActionFile, *, by: Any) -> None:
    """Take a file away; the file itself goes once that is certain."""
    storage, name = row.file.storage, str(row.file.name)
    log_activity(row.action, "remove_action_file", actor=by, file=row.file_name)
    row.delete()
    transaction.on_commit(lambda: storage.delete(name))
