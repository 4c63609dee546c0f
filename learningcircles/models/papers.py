"""Papers: minutes and handover briefs as PDF, made by a worker and kept privately."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import LeasedRow, LeasedState, TimestampedModel
from learningcircles.enums import PaperKind
from learningcircles.managers_talk import PaperQuerySet
from learningcircles.models.circles import Circle
from learningcircles.models.minutes import Minutes


class Paper(LeasedRow, TimestampedModel):
    """One PDF. `content` is what is printed, as it was when the paper was asked for."""

    kind = models.CharField(max_length=8, choices=PaperKind)
    language = models.CharField(max_length=2)
    circle = models.ForeignKey(
        Circle, null=True, blank=True, on_delete=models.CASCADE, related_name="papers"
    )
    minutes = models.ForeignKey(
        Minutes, null=True, blank=True, on_delete=models.CASCADE, related_name="papers"
    )
    content = models.JSONField(default=dict)
    file = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=PaperKind.MINUTES, minutes__isnull=False, circle=None)
                | Q(kind=PaperKind.HANDOVER, circle__isnull=False, minutes=None),
                name="paper_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["minutes", "language"],
                condition=Q(state__in=["waiting", "running"]),
                name="paper_of_minutes_unfinished_once",
            ),
            models.UniqueConstraint(
                fields=["circle", "language"],
                condition=Q(state__in=["waiting", "running"]),
                name="paper_of_circle_unfinished_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"

    @property
    def is_ready(self) -> bool:
        return self.state == LeasedState.DONE

    @property
    def is_under_way(self) -> bool:
        return self.state in (LeasedState.WAITING, LeasedState.RUNNING)
