"""A run: one computation of the learning-effect report, with everything needed to repeat it."""

from django.conf import settings
from django.db import models

from benchmarks.managers import VisibleThroughProgramme
from benchmarks.models import Programme
from core.models import LeasedRow, LeasedState, TimestampedModel


class RunQuerySet(VisibleThroughProgramme):
    programme_path = "programme"

    def unfinished(self) -> "RunQuerySet":
        """Runs that a worker still has to carry out or is carrying out."""
        return self.filter(state__in=[LeasedState.WAITING, LeasedState.RUNNING])

    def finished(self) -> "RunQuerySet":
        """Runs with a result, newest first."""
        return self.filter(state=LeasedState.DONE).order_by("-pk")


class Run(LeasedRow, TimestampedModel):
    """One computation of a programme's report. A finished run never changes.

    `result` is the report in numbers and codes, without words of a language; `files` names the
    PDF and xlsx files in private storage by language; `input_hash` is that of all rows read, of
    the rules and of the versions of the code that computes.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="runs")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seed = models.PositiveIntegerField()
    input_hash = models.CharField(max_length=64, blank=True)
    versions = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    files = models.JSONField(default=dict, blank=True)
    files_error = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="run_unfinished_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.pk}: {self.state}"
