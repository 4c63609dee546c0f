"""What is measured, and what it means: each definition is a version of its own."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from benchmarks.enums import Better, FigurePeriod, Supplier
from benchmarks.managers import IndicatorQuerySet
from benchmarks.models.programmes import Programme
from core.models import TimestampedModel


class Indicator(models.Model):
    """A defined measure of a programme; what it means is in its versioned definitions."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="indicators")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    category = models.CharField(max_length=40, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="indicator_code_once")
        ]

    def __str__(self) -> str:
        return self.code


class IndicatorDefinition(TimestampedModel):
    """One version of what an indicator means. It never changes: another meaning is a new version.

    `lowest` and `highest` are the values that are possible at all; empty means without bound.
    `comparable`: may its figures be laid beside those of the version before? If not, the series
    begins anew.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="definitions")
    version = models.PositiveSmallIntegerField(default=1)
    meaning = models.CharField(_("meaning"), max_length=200)
    meaning_en = models.CharField(_("meaning in English"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=40)
    unit_en = models.CharField(_("unit in English"), max_length=40, blank=True)
    numerator = models.CharField(_("numerator"), max_length=300, blank=True)
    numerator_en = models.CharField(_("numerator in English"), max_length=300, blank=True)
    denominator = models.CharField(_("denominator"), max_length=300, blank=True)
    denominator_en = models.CharField(_("denominator in English"), max_length=300, blank=True)
    better = models.CharField(
        _("which way is better"), max_length=8, choices=Better, default=Better.NEUTRAL
    )
    period = models.CharField(
        _("measured by"), max_length=8, choices=FigurePeriod, default=FigurePeriod.YEAR
    )
    supplied_by = models.CharField(
        _("who supplies it"), max_length=12, choices=Supplier, default=Supplier.ORGANISATION
    )
    lowest = models.DecimalField(
        _("lowest possible value"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    highest = models.DecimalField(
        _("highest possible value"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    comparable = models.BooleanField(
        _("its figures may be compared with those of the version before"), default=True
    )
    reason = models.TextField(_("why this version"), blank=True)
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["indicator", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="definition_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.meaning} ({self.version})"

    @property
    def wording(self) -> str:
        """The meaning in the reader's language; the Dutch one where there is no English."""
        return self._said("meaning")

    @property
    def unit_said(self) -> str:
        """The unit in the reader's language."""
        return self._said("unit")

    @property
    def counted_as(self) -> str:
        """Numerator and denominator in one line, in the reader's language."""
        parts = (self._said("numerator"), self._said("denominator"))
        return " / ".join(part for part in parts if part)

    def _said(self, field: str) -> str:
        english = getattr(self, f"{field}_en") if get_language() == "en" else ""
        return english or getattr(self, field)
