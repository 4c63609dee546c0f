"""Who takes part in a round and how, and in which phases an organisation had a hand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.enums import DecidedBy, InvolvementPhase, Motive, YesNo
from benchmarks.managers import ParticipationQuerySet
from benchmarks.models.programmes import Cycle
from core.models import TimestampedModel
from people.models import Membership, Organisation


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
