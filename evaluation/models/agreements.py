"""The agreement between coders of a programme, as a worker measured it."""

from django.db import models

from benchmarks.models import Programme
from core.models import LeasedRow, TimestampedModel


class AgreementCount(LeasedRow, TimestampedModel):
    """A row a programme: `result` is what `benchlearn agreement --json` prints, and `mark` says of
    which codings (`evidence.codings_mark`)."""

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="agreement_count"
    )
    mark = models.CharField(max_length=60, blank=True)
    result = models.JSONField(default=list, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.programme}: {self.state}"
