"""Tabulations: the tables of a large wave, counted by a worker and kept."""

from django.db import models

from core.models import LeasedRow, TimestampedModel
from surveys.models.waves import Wave


class Tabulation(LeasedRow, TimestampedModel):
    """What may be shown of a closed wave under a minimum group: `tables` is tables.to_json.

    A closed wave doesn't change, so neither does this; another minimum asks for another row.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="tabulations")
    minimum = models.PositiveSmallIntegerField()
    tables = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "minimum"], name="tabulation_once")]

    def __str__(self) -> str:
        return f"{self.wave}: {self.state}"
