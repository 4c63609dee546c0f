"""Programmes and their cycles, who takes part and how, indicators and figures."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from benchmarks.enums import (
    PROGRAMME_ROLE_CHOICES,
    Better,
    CyclePhase,
    DecidedBy,
    FigurePeriod,
    FigureStatus,
    InvolvementPhase,
    Motive,
    ProgrammeKind,
    YesNo,
)
from benchmarks.managers import (
    CycleQuerySet,
    FigureQuerySet,
    ParticipationQuerySet,
    ProgrammeQuerySet,
)
from core.models import TimestampedModel
from people.models import Membership, Organisation


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

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minimum_group__gte=3), name="programme_minimum_group"
            )
        ]

    def __str__(self) -> str:
        """The name in the reader's language; the Dutch one where there is no English."""
        return (self.name_en if get_language() == "en" else "") or self.name

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


class Participation(TimestampedModel):
    """One organisation in one cycle: who decided, why, and in which phases it was involved.

    `reference` is how the programme's files name the organisation: its number in a study, a name
    or a code. It is unique within the cycle.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="participations"
    )
    reference = models.CharField(max_length=60)
    decided_by = models.CharField(max_length=8, choices=DecidedBy, blank=True)
    others_consulted = models.CharField(max_length=8, choices=YesNo, default=YesNo.MISSING)
    contact_consulted = models.CharField(max_length=8, choices=YesNo, default=YesNo.MISSING)
    motive = models.CharField(max_length=12, choices=Motive, blank=True)
    in_feasibility_study = models.CharField(max_length=8, choices=YesNo, default=YesNo.MISSING)
    agreed_beforehand = models.TextField(blank=True)
    contacts = models.ManyToManyField(Membership, blank=True, related_name="contact_for")
    source = models.CharField(max_length=120, blank=True, help_text=_("file and row, or table"))

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["cycle", "organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "organisation"], name="participation_once"),
            models.UniqueConstraint(fields=["cycle", "reference"], name="participation_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.cycle}"


class Involvement(models.Model):
    """Whether an organisation had a hand in one phase of the benchmark."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="involvements"
    )
    phase = models.CharField(max_length=28, choices=InvolvementPhase)
    involved = models.CharField(max_length=8, choices=YesNo)
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["participation", "id"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "phase"], name="involvement_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()}: {self.get_involved_display()}"


class Indicator(models.Model):
    """A defined measure of a programme; what it means is in its versioned definitions."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="indicators")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    category = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["programme", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="indicator_code_once")
        ]

    def __str__(self) -> str:
        return self.code


class IndicatorDefinition(TimestampedModel):
    """One version of what an indicator means."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="definitions")
    version = models.PositiveSmallIntegerField(default=1)
    meaning = models.CharField(max_length=200)
    meaning_en = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40)
    numerator_and_denominator = models.CharField(max_length=300, blank=True)
    better = models.CharField(max_length=8, choices=Better, default=Better.NEUTRAL)
    period = models.CharField(max_length=8, choices=FigurePeriod, default=FigurePeriod.YEAR)

    class Meta:
        ordering = ["indicator", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="definition_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.meaning} ({self.version})"


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
    remark = models.TextField(blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "organisation", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organisation", "period"], name="figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.organisation} {self.period}: {self.value}"
