"""Files of a whole programme that somebody asked for, made by a worker."""

from typing import Any

from django.conf import settings
from django.db import models

from benchmarks.models.programmes import Programme
from core.models import LeasedRow, LeasedState, TimestampedModel
from people.enums import Role


class ProgrammeFileQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "ProgrammeFileQuerySet":
        """One's own, of programmes that one still runs: what is in a file depends on who asked."""
        if not user.is_authenticated:
            return self.none()
        mine = Programme.objects.with_role(user, Role.COORDINATOR)
        return self.filter(requested_by=user, programme__in=mine.values("pk"))

    def unfinished(self) -> "ProgrammeFileQuerySet":
        """Those that a worker still has to make or is making."""
        return self.filter(state__in=[LeasedState.WAITING, LeasedState.RUNNING])


class ProgrammeFile(LeasedRow, TimestampedModel):
    """One file of one programme. `file` is its name in private storage, empty when it isn't there
    yet, or not any more: a file is kept for some days only."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="files")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    private = models.BooleanField(default=False)
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ProgrammeFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.programme}: {self.state}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (LeasedState.WAITING, LeasedState.RUNNING)
