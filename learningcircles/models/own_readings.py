"""The private part of a joint session: what one organisation reads in its own figures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from learningcircles.managers_talk import OwnReadingQuerySet, ThroughOwnReading
from learningcircles.models.sessions import Session
from people.models import Organisation


class OwnReading(TimestampedModel):
    """Seen by the organisation itself and the facilitator, and by nobody and nothing else.

    A table of its own: the shared record, its minutes, mails, files and `evidence.py` never read
    it, so that no forgotten condition can let it out.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="own_readings")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="own_readings"
    )
    text = models.TextField(_("own reading"), blank=True)
    version = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = OwnReadingQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["session", "organisation"], name="own_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.session}, {self.organisation}"


class OwnReadingEdit(models.Model):
    """Every text that anybody saved in a private part; none is ever lost.

    One that met another's has no `version`, and waits (`settled_at` empty) until somebody of the
    organisation, or the facilitator, has put both together. As private as what it belongs to.
    """

    own_reading = models.ForeignKey(OwnReading, on_delete=models.CASCADE, related_name="edits")
    text = models.TextField(blank=True)
    based_on = models.PositiveIntegerField()
    version = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ThroughOwnReading.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["own_reading", "version"], name="own_reading_edit_once")
        ]

    def __str__(self) -> str:
        return f"{self.own_reading}, {self.at}"
