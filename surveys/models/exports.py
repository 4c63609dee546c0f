"""Exports: a file of answers that somebody asked for, made by a worker."""

from typing import Any

from django.conf import settings
from django.db import models

from core.models import LeasedRow, LeasedState, TimestampedModel
from surveys.enums import ExportFormat, ExportShape
from surveys.models.waves import Wave


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ExportQuerySet":
        """One's own, of waves that one may still read: what is in a file depends on who asked."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(requested_by=user, wave__in=Wave.objects.visible_to(user).values("pk"))

    def unfinished(self) -> "ExportQuerySet":
        """Those that a worker still has to make or is making."""
        return self.filter(state__in=[LeasedState.WAITING, LeasedState.RUNNING])


class Export(LeasedRow, TimestampedModel):
    """One file of one wave's answers. `file` is its name in private storage, empty when it isn't
    there yet, or not any more: a file is kept for some days only."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="exports")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    format = models.CharField(max_length=8, choices=ExportFormat, default=ExportFormat.XLSX)
    shape = models.CharField(max_length=5, choices=ExportShape, default=ExportShape.WIDE)
    language = models.CharField(max_length=5, default="nl")
    identified = models.BooleanField(default=False)
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.wave} {self.format}: {self.state}"
