"""Analysis plans: what will be looked at, and what will count, before the data are seen."""

from django.conf import settings
from django.db import models

from benchmarks.managers import VisibleThroughProgramme
from benchmarks.models import Cycle, Programme
from core.models import TimestampedModel


class AnalysisPlanQuerySet(VisibleThroughProgramme):
    programme_path = "programme"


class AnalysisPlan(TimestampedModel):
    """One version of the plan for a round. It never changes: another plan is another version.

    `afterwards`: figures that the plan is about were there already when it was fixed.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="plans")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField(default=1)
    document = models.JSONField()
    fixed_on = models.DateField()
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    afterwards = models.BooleanField()

    objects = AnalysisPlanQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "cycle", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "version"], name="plan_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.cycle}, {self.version}"
