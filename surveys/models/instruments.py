"""Instruments: the questionnaire, in versions. A published version never changes."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.exceptions import NotNow
from core.models import TimestampedModel
from surveys.enums import ItemKind, Occasion


class Frozen(NotNow):
    """Somebody tried to change a questionnaire that people have answered, or are answering."""

    def __init__(self) -> None:
        super().__init__(_("A published questionnaire can't be changed; make a new version."))


class Instrument(TimestampedModel):
    """A questionnaire; what it asks is in its versions."""

    code = models.SlugField(max_length=40, unique=True)
    title_nl = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class FreezableQuerySet(models.QuerySet):
    """Changes in bulk are refused too when a published version is among the rows."""

    published = ""

    def _refuse_if_frozen(self) -> None:
        if self.filter(**{f"{self.published}published_on__isnull": False}).exists():
            raise Frozen

    def update(self, **values: Any) -> int:
        self._refuse_if_frozen()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_if_frozen()
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        if any(row.is_frozen() for row in rows):
            raise Frozen
        return super().bulk_create(rows, *args, **kwargs)


class VersionQuerySet(FreezableQuerySet):
    pass


class BlockQuerySet(FreezableQuerySet):
    published = "version__"


class ItemQuerySet(FreezableQuerySet):
    published = "block__version__"


class Freezable(models.Model):
    """A part of a version: refuses every change from the moment the version is published."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.is_frozen():
            raise Frozen
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_frozen():
            raise Frozen
        return super().delete(*args, **kwargs)

    def is_frozen(self) -> bool:
        """Is this part of a version that was published? Asks the database, not this object."""
        raise NotImplementedError


def is_published(version_id: int | None) -> bool:
    """Was this version published? Asks the database."""
    if version_id is None:
        return False
    return InstrumentVersion.objects.filter(pk=version_id, published_on__isnull=False).exists()


class InstrumentVersion(Freezable, TimestampedModel):
    """One version of an instrument. Publishing it (domain.instruments) freezes it for good."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    published_on = models.DateField(null=True, blank=True)

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


class Block(Freezable):
    """The statements that are asked together, on one page."""

    version = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    title_nl = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    intro_nl = models.TextField(blank=True)
    intro_en = models.TextField(blank=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="block_position_once")
        ]

    def __str__(self) -> str:
        return self.title_en

    def is_frozen(self) -> bool:
        return is_published(self.version_id)


class Item(Freezable):
    """A statement to agree with, or room for a remark. `construct` is what it measures.

    A `reversed` statement is worded against its construct: agreeing counts as 6 minus the answer
    where answers are put together.
    """

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=ItemKind, default=ItemKind.STATEMENT)
    text_nl = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    construct = models.SlugField(max_length=40, blank=True)
    occasion = models.CharField(max_length=8, choices=Occasion, default=Occasion.NONE, blank=True)
    allow_na = models.BooleanField(default=False)
    reversed = models.BooleanField(default=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["block__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["block", "position"], name="item_position_once"),
            models.UniqueConstraint(fields=["block", "code"], name="item_code_once"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def text(self) -> str:
        """The statement in the language of the moment."""
        return self.text_en if get_language() == "en" else self.text_nl

    def is_frozen(self) -> bool:
        versions = Block.objects.filter(pk=self.block_id).values_list("version", flat=True)
        return any(is_published(version) for version in versions)
