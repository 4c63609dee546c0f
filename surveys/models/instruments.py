"""Instruments: the questionnaire, in versions. A published version never changes."""

from django.db import models

from core.models import TimestampedModel
from surveys.models.frozen import Freezable, FreezableQuerySet, Frozen

__all__ = ["Frozen", "Instrument", "InstrumentVersion", "is_published"]


class Instrument(TimestampedModel):
    """A questionnaire; what it asks is in its versions."""

    code = models.SlugField(max_length=40, unique=True)
    title_nl = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class VersionQuerySet(FreezableQuerySet):
    pass


def is_published(version_id: int | None) -> bool:
    """Was this version published? Asks the database."""
    if version_id is None:
        return False
    return InstrumentVersion.objects.filter(pk=version_id, published_on__isnull=False).exists()


class InstrumentVersion(Freezable, TimestampedModel):
    """One version of an instrument. Publishing it (domain.instruments) freezes it for good.

    `constructs` says in words what its items measure: a list of {code, label_nl, label_en}.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    published_on = models.DateField(null=True, blank=True)
    title_nl = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    constructs = models.JSONField(default=list, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["instrument", "number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="instrument_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"

    def is_frozen(self) -> bool:
        return is_published(self.pk)
