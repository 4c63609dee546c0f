"""Sessions, who is invited to them, and who was there."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle, Programme
from core.models import TimestampedModel
from learningcircles.enums import Presence, Reply, SessionKind, SessionState
from learningcircles.managers import SessionQuerySet, ThroughSession
from learningcircles.models.circles import Circle
from people.models import Membership, Organisation


def new_uid() -> str:
    """What calendars know a session by, however often it is moved."""
    return f"{uuid.uuid4()}@benchlearn"


class Session(TimestampedModel):
    """A meeting with a goal: of a circle, of one organisation, or of all who are invited.

    `questions_close_at` is when the three questions afterwards can't be answered any more: the
    answers are counted then, and not before. `uid` stays with it for life, `sequence` rises with
    each change that is sent to calendars.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sessions")
    cycle = models.ForeignKey(
        Cycle, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    circle = models.ForeignKey(
        Circle, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions"
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
        verbose_name=_("organisation"),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=SessionKind)
    title = models.CharField(_("title"), max_length=120)
    goal = models.TextField(_("goal"), blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    online_link = models.URLField(_("link to the online meeting"), max_length=400, blank=True)
    state = models.CharField(
        max_length=10, choices=SessionState, default=SessionState.PLANNED, db_index=True
    )
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="led_sessions",
    )
    questions_close_at = models.DateTimeField(null=True, blank=True, editable=False)
    uid = models.CharField(max_length=80, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=SessionKind.INTERPRETATION)
                | models.Q(organisation__isnull=False),
                name="session_of_one_organisation",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=SessionKind.LEARNING_CIRCLE)
                | models.Q(circle__isnull=False),
                name="session_of_a_circle",
            ),
        ]
        indexes = [models.Index(fields=["programme", "starts_at"], name="session_programme_start")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        return self.state == SessionState.PLANNED

    @property
    def is_held(self) -> bool:
        return self.state == SessionState.HELD

    @property
    def may_be_recorded(self) -> bool:
        """From the day itself on, unless it was called off."""
        today = timezone.localdate()
        return self.state != SessionState.CANCELLED and (
            timezone.localtime(self.starts_at).date() <= today
        )

    @property
    def has_started(self) -> bool:
        return self.starts_at <= timezone.now()


class Attendance(TimestampedModel):
    """One person at one session: invited, what they answered, and whether they were there."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")
    reply = models.CharField(max_length=10, choices=Reply, blank=True)
    presence = models.CharField(max_length=10, choices=Presence, blank=True)
    expertise = models.CharField(_("expertise"), max_length=160, blank=True)
    substitute_name = models.CharField(_("substitute"), max_length=120, blank=True)

    objects = ThroughSession.as_manager()

    class Meta:
        ordering = ["membership__organisation__name", "membership__user__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "membership"], name="attendance_once"),
            models.CheckConstraint(
                condition=models.Q(substitute_name="") | models.Q(presence=Presence.SUBSTITUTE),
                name="attendance_substitute",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_presence_display()}"
