"""What evaluators add to a finished run: another grade with its reason, and notes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import LeasedRow, TimestampedModel
from evaluation.models.runs import Run


class Grade(models.TextChoices):
    """How firmly a finding may be claimed, from most to least."""

    STRONG = "strong", _("strong")
    PLAUSIBLE = "plausible", _("plausible")
    UNSUPPORTED = "unsupported", _("unsupported")
    CONTRADICTED = "contradicted", _("contradicted")


class GradeChange(TimestampedModel):
    """An evaluator gave a finding another grade than it had. Rows are added and never changed:
    the newest of a finding holds, and all are shown."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="grade_changes")
    finding = models.CharField(max_length=200)
    before = models.CharField(max_length=12, choices=Grade)
    after = models.CharField(max_length=12, choices=Grade)
    reason = models.TextField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding}: {self.before} -> {self.after}"


class EvaluatorNote(TimestampedModel):
    """What an evaluator wrote beside a run; it stays with that run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class FileOrder(LeasedRow, TimestampedModel):
    """The files of a finished run must be made again, since something was added to it.

    A row a run; `edition` counts what the files hold: grade changes and notes together.
    """

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="file_order")
    edition = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.run_id}, {self.edition}: {self.state}"
