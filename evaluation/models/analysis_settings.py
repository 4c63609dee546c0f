"""Choices in the analysis that the sources leave open."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.managers import VisibleThroughProgramme
from benchmarks.models import Programme
from core.models import TimestampedModel


class SupportRule(models.TextChoices):
    """The support of who joined to learn, but decided alone. The 2007 study leaves it open."""

    MODERATE = "moderate", _("moderate: one person's motive is not yet the organisation's")
    SUFFICIENT = "sufficient", _("sufficient: the motive makes up for the decision")
    MUCH = "much", _("much: the motive alone decides")


class AnalysisSettingsQuerySet(VisibleThroughProgramme):
    programme_path = "programme"


class AnalysisSettings(TimestampedModel):
    """What the evaluators of a programme decided where the sources leave room."""

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="analysis_settings"
    )
    learning_with_moderate_decision = models.CharField(
        _("support with a learning motive and a moderate decision"),
        max_length=10,
        choices=SupportRule,
        default=SupportRule.MODERATE,
    )

    objects = AnalysisSettingsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.programme}: {self.learning_with_moderate_decision}"
