"""What freezes: a published version, its blocks and its items refuse every change."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.exceptions import NotNow


class Frozen(NotNow):
    """Somebody tried to change a questionnaire that people have answered, or are answering."""

    def __init__(self) -> None:
        super().__init__(_("A published questionnaire can't be changed; make a new version."))


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
