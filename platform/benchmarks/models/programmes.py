"""Programmes, who is appointed in them, and their cycles."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from benchmarks.enums import PROGRAMME_ROLE_CHOICES, CyclePhase, ProgrammeKind
from benchmarks.managers import CycleQuerySet, ProgrammeQuerySet
from core.audit import Deed, record
from core.models import TimestampedModel


class Programme(TimestampedModel):
    """One benchmark over the years, e.g. Work First."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    purpose = models.TextField(blank=True)
    purpose_en = models.TextField(blank=True)
    kind = models.CharField(max_length=8, choices=ProgrammeKind, default=ProgrammeKind.REGULAR)
    source = models.CharField(max_length=300, blank=True, help_text=_("publication of a study"))
    source_en = models.CharField(max_length=300, blank=True)
    has_public_report = models.BooleanField(default=False)
    minimum_group = models.PositiveSmallIntegerField(
        default=5, help_text=_("fewest respondents behind a number; never under 3")
    )
    minimum_organisations = models.PositiveSmallIntegerField(
        default=5,
        help_text=_("fewest other organisations behind a group's figure; never under 3"),
    )

    people_forgotten_on = models.DateField(null=True, blank=True, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minimum_group__gte=3), name="programme_minimum_group"
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_organisations__gte=3),
                name="programme_minimum_organisations",
            ),
        ]

    def __str__(self) -> str:
        """The name in the reader's language; the Dutch one where there is no English."""
        return (self.name_en if get_language() == "en" else "") or self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """How small a group may be shown is in the audit log whenever it changes."""
        fields = ("minimum_group", "minimum_organisations")
        was = Programme.objects.filter(pk=self.pk).values(*fields).first() if self.pk else None
        super().save(*args, **kwargs)
        now = {name: getattr(self, name) for name in fields}
        if was is not None and was != now:
            record(Deed.MINIMUM_SET, self, scope=self, **now)

    @property
    def publication(self) -> str:
        """Where the data of a study come from, in the reader's language."""
        return (self.source_en if get_language() == "en" else "") or self.source


class Appointment(models.Model):
    """A person's role in a programme: coordinator, facilitator or evaluator."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="appointments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appointments"
    )
    role = models.CharField(max_length=14, choices=PROGRAMME_ROLE_CHOICES)

    class Meta:
        ordering = ["programme", "role"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "user", "role"], name="appointment_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Cycle(TimestampedModel):
    """One round of a programme, with a period and a phase."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="cycles")
    name = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    phase = models.CharField(max_length=14, choices=CyclePhase, default=CyclePhase.BENCHMARKING)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="cycle_name_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="cycle_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.name}"
