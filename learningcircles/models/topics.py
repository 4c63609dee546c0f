"""Topics: what a learning circle could go into."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from learningcircles.enums import TopicOrigin
from learningcircles.managers import ThroughCircle
from learningcircles.models.circles import Circle
from learningcircles.models.signals import Signal
from people.models import Organisation


class Topic(TimestampedModel):
    """Something to talk about in a circle: from a signal, an organisation's agenda, or outside."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("topic"), max_length=160)
    why = models.TextField(_("why"), blank=True)
    origin = models.CharField(
        _("where it comes from"),
        max_length=12,
        choices=TopicOrigin,
        default=TopicOrigin.CIRCLE,
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="topics",
        verbose_name=_("on whose agenda it is"),
    )
    signal = models.ForeignKey(
        Signal, null=True, blank=True, on_delete=models.RESTRICT, related_name="topics"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ThroughCircle.as_manager()

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="topic_has_title"),
            models.CheckConstraint(
                condition=~models.Q(origin=TopicOrigin.SIGNAL) | models.Q(signal__isnull=False),
                name="topic_of_a_signal",
            ),
            models.CheckConstraint(
                condition=~models.Q(origin=TopicOrigin.ORGANISATION)
                | models.Q(organisation__isnull=False),
                name="topic_of_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.title
