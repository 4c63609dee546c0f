"""Who prepares what for a session, and the files that are shared for it."""

import uuid
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from learningcircles.managers import ThroughSession
from learningcircles.models.sessions import Session
from people.models import Membership


def private_storage() -> Storage:
    """Files that are given out through a permission check only."""
    return storages["private"]


def material_path(material: Any, name: str) -> str:
    """A name that nobody can guess, with the ending of the file that was given."""
    return f"materials/{material.session_id}/{uuid.uuid4().hex}{PurePath(name).suffix.lower()}"


class Material(TimestampedModel):
    """A file for a session, for those who see the session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("what it is"), max_length=160)
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=material_path, max_length=200
    )
    file_name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ThroughSession.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.title


class Preparation(TimestampedModel):
    """What somebody does before a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="preparations")
    membership = models.ForeignKey(
        Membership,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="preparations",
        verbose_name=_("who"),
    )
    what = models.CharField(_("prepares what"), max_length=200)
    done_on = models.DateField(null=True, blank=True)
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ThroughSession.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(what=""), name="preparation_says_what")
        ]

    def __str__(self) -> str:
        return self.what
