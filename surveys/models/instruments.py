"""Instruments: the questionnaire, in versions. A published version never changes."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from benchmarks.models import Programme
from core.models import TimestampedModel
from people.enums import Role
from surveys.blocks import ConstructBlock, PageBlock
from surveys.models.frozen import Freezable, FreezableQuerySet, Frozen

__all__ = ["Frozen", "Instrument", "InstrumentVersion", "is_published"]


class InstrumentQuerySet(models.QuerySet):
    def editable_by(self, user: Any) -> "InstrumentQuerySet":
        """Of programmes this person coordinates; an administrator also what ships."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(programme__in=_programmes_run_by(user))

    def visible_to(self, user: Any) -> "InstrumentQuerySet":
        """What may be read, copied and asked: also what ships with Benchlearn, once published."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        shipped = Q(programme=None, versions__published_on__isnull=False)
        programmes = _programmes_run_by(user)
        if not programmes.exists():
            return self.none()
        return self.filter(Q(programme__in=programmes) | shipped).distinct()


def _programmes_run_by(user: Any) -> models.QuerySet[Programme]:
    return Programme.objects.with_role(user, Role.COORDINATOR)


class Instrument(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, TimestampedModel
):
    """A questionnaire as it is edited; what is asked is in its versions.

    `body` is the draft in the editor, `programme` who may edit it (None: it belongs to the
    installation). Publishing freezes what stands in the editor as the next version
    (domain.publishing), and no edit after that touches it.
    """

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("benchmark"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="instruments",
    )
    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_nl = models.CharField(_("title in Dutch"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    body = StreamField(
        [("page", PageBlock()), ("construct", ConstructBlock())],
        verbose_name=_("pages"),
        blank=True,
        collapsed=True,
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="instrument")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="instrument",
        for_concrete_model=False,
    )

    objects = InstrumentQuerySet.as_manager()

    # Attached from above (apps.py): what a page looks like is known to the views only.
    pages_to_preview: Callable[["Instrument"], list[tuple[str, Any]]]
    show_preview: Callable[["Instrument", HttpRequest, str], HttpResponse]

    class Meta:
        ordering = ["code"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.title_nl or self.code

    @property
    def revisions(self) -> Any:
        return self._revisions

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish in Wagtail and freeze the version, or neither."""
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return type(self).pages_to_preview(self)

    @property
    def default_preview_mode(self) -> str:
        return self.preview_modes[0][0]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return type(self).show_preview(self, request, mode_name)


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
