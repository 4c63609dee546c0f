"""Signals: something worth pursuing that came up in the talk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Figure
from core.models import TimestampedModel
from learningcircles.managers import ThroughSession
from learningcircles.models.readings import Reading
from learningcircles.models.sessions import Session
from people.models import Organisation


class Signal(TimestampedModel):
    """One line from a session: a link of the thread between a figure and an action."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="signals")
    text = models.CharField(_("signal"), max_length=300)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="signals"
    )
    figure = models.ForeignKey(
        Figure, null=True, blank=True, on_delete=models.SET_NULL, related_name="signals"
    )
    reading = models.ForeignKey(
        Reading, null=True, blank=True, on_delete=models.RESTRICT, related_name="signals"
    )
    item = models.ForeignKey(
        "learningcircles.AgendaItem",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="signals",
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    raised_at = models.DateTimeField()
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ThroughSession.as_manager()

    class Meta:
        ordering = ["raised_at", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="signal_has_text")]

    def __str__(self) -> str:
        return self.text
