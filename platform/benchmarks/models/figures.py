"""Figures, the files they came in, and the group that an organisation chose to compare with."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.enums import FigureStatus
from benchmarks.managers import FigureImportQuerySet, FigureQuerySet
from benchmarks.models.indicators import Indicator, IndicatorDefinition
from benchmarks.models.programmes import Programme
from core.models import TimestampedModel
from people.models import Organisation


class Figure(TimestampedModel):
    """The value of an indicator for an organisation and a period ("2024", "2024-Q1", "2024-01")."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="figures")
    definition = models.ForeignKey(
        IndicatorDefinition, on_delete=models.PROTECT, related_name="figures"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="figures")
    period = models.CharField(max_length=7)
    value = models.DecimalField(max_digits=14, decimal_places=4)
    status = models.CharField(max_length=8, choices=FigureStatus, default=FigureStatus.ENTERED)
    remark = models.TextField(_("remark"), blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "organisation", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organisation", "period"], name="figure_once"
            )
        ]
        indexes = [models.Index(fields=["indicator", "period"], name="figure_by_period")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.organisation} {self.period}: {self.value}"


class FigureImport(TimestampedModel):
    """A file of figures that was checked and waits for somebody's word, or was stored.

    `rows` are the figures as they will be stored; emptied once they are. A file with an error
    never becomes one of these.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="figure_imports"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_name = models.CharField(max_length=120)
    rows = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    stored_at = models.DateTimeField(null=True, blank=True)

    objects = FigureImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.created_at:%Y-%m-%d %H:%M}"


class ChosenGroup(TimestampedModel):
    """The organisations that one of them chose to compare itself with."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="chosen_groups"
    )
    others = models.ManyToManyField(Organisation, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation"], name="chosen_group_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.programme}"
