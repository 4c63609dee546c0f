"""Files with an action: what was made, a letter, a photo of the board."""

import uuid
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from learningcircles.managers import ThroughAction
from learningcircles.models.actions import Action
from learningcircles.models.materials import private_storage


def action_file_path(row: Any, name: str) -> str:
    """A name that nobody can guess, with the ending of the file that was given."""
    return f"actions/{row.action_id}/{uuid.uuid4().hex}{PurePath(name).suffix.lower()}"


class ActionFile(TimestampedModel):
    """A private file with an action, for those who see the action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=action_file_path, max_length=200
    )
    file_name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ThroughAction.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.file_name
