"""A run: one computation of the learning-effect report, with everything needed to repeat it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery

from benchmarks.models import Cycle, Programme
from core.fields import OrderedJSONField
from core.models import LeasedRow, LeasedState, TimestampedModel
from people.enums import Role


def reports_open_to(user: Any) -> QuerySet[Programme]:
    """Programmes whose report this person may read: the public ones, and those in which they are
    coordinator or evaluator."""
    public = Q(has_public_report=True)
    if not user.is_authenticated:
        return Programme.objects.filter(public)
    roles = (Role.COORDINATOR, Role.EVALUATOR)
    own = Q(appointments__user=user, appointments__role__in=roles)
    return Programme.objects.filter(public | own).distinct()


class RunQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "RunQuerySet":
        """Runs of programmes whose report this person may read (`benchmarks.read_report`)."""
        return self.filter(programme__in=reports_open_to(user).values("pk"))

    def read_by(self, user: Any) -> "RunQuerySet":
        """Of those runs the one that pages show; all of them to a coordinator or evaluator of the
        programme."""
        newest = Run.objects.filter(programme=OuterRef("programme"), cycle=None).drawn()
        makers = Programme.objects.with_role(user, Role.COORDINATOR, Role.EVALUATOR)
        return self.visible_to(user).filter(
            Q(programme__in=makers.values("pk")) | Q(pk=Subquery(newest.values("pk")[:1]))
        )

    def unfinished(self) -> "RunQuerySet":
        """Runs that a worker still has to carry out or is carrying out."""
        return self.filter(state__in=[LeasedState.WAITING, LeasedState.RUNNING])

    def finished(self) -> "RunQuerySet":
        """Runs with a result, newest first."""
        return self.filter(state=LeasedState.DONE).order_by("-pk")

    def drawn(self) -> "RunQuerySet":
        """Finished runs that pages show: those with charts and files."""
        return self.finished().filter(has_files=True)


class Run(LeasedRow, TimestampedModel):
    """One computation of a programme's report. A finished run never changes.

    `result` is the report in numbers and codes, without words of a language; `files` names the
    PDF and xlsx files in private storage by language, where `has_files` asks for them; `input_hash`
    is that of all rows read, of the rules and of the versions of the code that computes; `changes`
    says what differs from what the run before it read. `cycle` is empty for the newest round.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="runs")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cycle = models.ForeignKey(
        Cycle, null=True, blank=True, on_delete=models.CASCADE, related_name="runs"
    )
    seed = models.PositiveIntegerField()
    input_hash = models.CharField(max_length=64, blank=True)
    versions = models.JSONField(default=dict, blank=True)
    result = OrderedJSONField(default=dict, blank=True)
    changes = models.JSONField(default=list, blank=True)
    has_files = models.BooleanField(default=True)
    files = models.JSONField(default=dict, blank=True)
    files_error = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="run_unfinished_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.pk}: {self.state}"


class RunInputQuerySet(QuerySet):
    def finished(self) -> "RunInputQuerySet":
        """Of runs with a result."""
        return self.filter(run__state=LeasedState.DONE)


class RunInput(models.Model):
    """Every row that a run read, as gzipped JSON: what its hash is of."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="input")
    rows = models.BinaryField()

    objects = RunInputQuerySet.as_manager()

    def __str__(self) -> str:
        return f"input of {self.run_id}"


class RunPart(LeasedRow):
    """An indicator, a relation or some files of a run that is being carried out, for any worker.

    `payload` and `result` are gzipped JSON, `mark` is the hash of the payload. The rows of a run go
    when it is over.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveIntegerField()
    mark = models.CharField(max_length=64)
    payload = models.BinaryField()
    result = models.BinaryField(blank=True, default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "place"], name="run_part_once")]

    def __str__(self) -> str:
        return f"{self.run_id}, {self.place}: {self.state}"
