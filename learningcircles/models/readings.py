"""Readings: what explains a figure, and what one has to know about it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Figure
from core.models import TimestampedModel
from learningcircles.managers import ThroughSession
from learningcircles.models.sessions import Session


class Reading(TimestampedModel):
    """How a session reads a figure: the first link of the thread that people made themselves."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="readings")
    figure = models.ForeignKey(
        Figure,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="readings",
        verbose_name=_("figure"),
    )
    text = models.TextField(_("what explains it"))
    context = models.TextField(_("context"), blank=True)
    item = models.ForeignKey(
        "learningcircles.AgendaItem",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="readings",
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_at = models.DateTimeField()
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ThroughSession.as_manager()

    class Meta:
        ordering = ["noted_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="reading_has_text")
        ]

    def __str__(self) -> str:
        return self.text[:80]
