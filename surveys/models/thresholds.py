"""From which mean on a survey's construct counts as moderate, and as sufficient."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from benchmarks.models import Programme
from core.models import TimestampedModel

ON_THE_SCALE = [MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(5))]


class Thresholds(TimestampedModel):
    """Means on the scale of 1 to 5; the study leaves them open, so they are in the open."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="thresholds")
    moderate_from = models.DecimalField(
        max_digits=3, decimal_places=2, default=Decimal("2.50"), validators=ON_THE_SCALE
    )
    sufficient_from = models.DecimalField(
        max_digits=3, decimal_places=2, default=Decimal("3.50"), validators=ON_THE_SCALE
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(moderate_from__lt=models.F("sufficient_from")),
                name="thresholds_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.moderate_from}, {self.sufficient_from}"
