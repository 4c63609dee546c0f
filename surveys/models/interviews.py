"""Interviews that were booked, and who sits in each.

Nobody is ever booked twice: the database refuses two interviews of one interviewer whose times,
with what lies around them, overlap (no_overlap.py).
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models import TimestampedModel
from people.enums import Role
from surveys.enums import InterviewState, Way
from surveys.models.rounds import Candidate, InterviewRound


def new_uid() -> str:
    """How calendars know an interview, for life."""
    return f"{uuid.uuid4()}@{settings.DEFAULT_FROM_EMAIL.rsplit('@', 1)[-1].rstrip('> ')}"


class InterviewQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "InterviewQuerySet":
        """To who holds it and to who runs the programme."""
        if not user.is_authenticated:
            return self.none()
        runs = Q(
            round__cycle__programme__appointments__user=user,
            round__cycle__programme__appointments__role=Role.COORDINATOR,
        )
        leads = Q(
            interviewer=user,
            round__cycle__programme__appointments__user=user,
            round__cycle__programme__appointments__role=Role.FACILITATOR,
        )
        return self.filter(runs | leads).distinct()

    def held_by(self, user: Any) -> "InterviewQuerySet":
        """One's own."""
        return self.visible_to(user).filter(interviewer=user)

    def standing(self) -> "InterviewQuerySet":
        """Those that take up time: not cancelled."""
        return self.exclude(state=InterviewState.CANCELLED)


class Interview(TimestampedModel):
    """One talk. `busy_from` and `busy_until` enclose the time around it and, for a visit, the
    travel; `sequence` counts its changes for calendars. `recording_withdrawn_at`: nothing that
    rested on consent is there since then (domain/consent.py)."""

    round = models.ForeignKey(InterviewRound, on_delete=models.PROTECT, related_name="interviews")
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interviews"
    )
    way = models.CharField(max_length=8, choices=Way)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    busy_from = models.DateTimeField()
    busy_until = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=InterviewState, default=InterviewState.BOOKED)
    uid = models.CharField(max_length=120, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    recording_withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    ends_at__gt=F("starts_at"),
                    busy_from__lte=F("starts_at"),
                    busy_until__gte=F("ends_at"),
                ),
                name="interview_in_order",
            )
        ]
        indexes = [models.Index(fields=["interviewer", "busy_until"], name="interview_busy")]

    def __str__(self) -> str:
        return f"{self.round} {self.starts_at:%Y-%m-%d %H:%M}"


class Seat(models.Model):
    """Somebody who is talked to: one in an interview, or two. Nobody has two seats at once."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="seats")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="seats")
    is_taken = models.BooleanField(default=True)
    booked_it = models.BooleanField(default=True)

    class Meta:
        ordering = ["interview", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"], condition=Q(is_taken=True), name="one_seat_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate}"
