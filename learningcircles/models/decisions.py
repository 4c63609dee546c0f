"""Decisions: what a session settled together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from learningcircles.managers import ThroughSession
from learningcircles.models.sessions import Session


class Decision(TimestampedModel):
    """One line that all at the table agreed to. What somebody does about it is an action."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(_("decision"), max_length=500)
    item = models.ForeignKey(
        "learningcircles.AgendaItem",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decisions",
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField()
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ThroughSession.as_manager()

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="decision_has_text")
        ]

    def __str__(self) -> str:
        return self.text[:80]
