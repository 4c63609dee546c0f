"""Actions: what somebody does, by when, where it came from, and all that became of it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle, Figure, Indicator, Programme
from core.models import TimestampedModel
from learningcircles.enums import (
    OPEN_STATUSES,
    ActionStatus,
    ChangedField,
    Direction,
    Horizon,
    ManagementAnswer,
)
from learningcircles.managers import ActionQuerySet, ThroughAction
from learningcircles.models.sessions import Session
from learningcircles.models.signals import Signal
from learningcircles.models.topics import Topic
from people.models import Membership, Organisation


class Action(TimestampedModel):
    """What somebody of an organisation does. Never deleted: dropped, with a reason.

    The owner is a membership, or a name where the owner has no account, or nobody yet. `version`
    rises with each change: who edits names the version they saw, and is refused if it moved on.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="actions")
    cycle = models.ForeignKey(
        Cycle, null=True, blank=True, on_delete=models.SET_NULL, related_name="actions"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="actions",
        verbose_name=_("organisation"),
    )
    title = models.CharField(_("what"), max_length=200)
    why = models.TextField(_("why"), blank=True)
    owner = models.ForeignKey(
        Membership,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="actions",
        verbose_name=_("who"),
    )
    owner_name = models.CharField(_("owner without an account"), max_length=120, blank=True)
    horizon = models.CharField(_("horizon"), max_length=6, choices=Horizon, default=Horizon.SHORT)
    due = models.DateField(_("by when"), null=True, blank=True)
    original_due = models.DateField(null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ActionStatus, default=ActionStatus.AGREED
    )
    drop_reason = models.TextField(_("reason"), blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    handed_on = models.DateField(null=True, blank=True)
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    signal = models.ForeignKey(
        Signal, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    figure = models.ForeignKey(
        Figure, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    indicator = models.ForeignKey(
        Indicator,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="actions",
        verbose_name=_("figure that it should move"),
    )
    direction = models.CharField(
        _("in which direction"), max_length=4, choices=Direction, blank=True
    )
    move_by = models.DateField(_("figure moved by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = [F("due").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="action_has_title"),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(owner_name=""), name="action_one_owner"
            ),
            models.CheckConstraint(
                condition=Q(due=None) | Q(original_due__isnull=False), name="action_original_due"
            ),
            models.CheckConstraint(
                condition=Q(status=ActionStatus.DONE, done_on__isnull=False)
                | (~Q(status=ActionStatus.DONE) & Q(done_on=None)),
                name="action_done_has_date",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=ActionStatus.DROPPED, dropped_on__isnull=False) & ~Q(drop_reason="")
                )
                | (~Q(status=ActionStatus.DROPPED) & Q(dropped_on=None, drop_reason="")),
                name="action_dropped_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.HANDED_OVER) | Q(handed_on__isnull=False),
                name="action_handed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ActionStatus.PROPOSED, ActionStatus.DROPPED])
                | Q(agreed_on__isnull=False),
                name="action_agreed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("agreed_on")),
                name="action_done_after_agreed",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "organisation", "status"], name="action_follow_up"),
            models.Index(fields=["owner", "status"], name="action_owner_status"),
            models.Index(fields=["status", "due"], name="action_status_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def owner_left(self) -> bool:
        """The owner doesn't work at the organisation any more: somebody else must take it over."""
        return self.owner is not None and self.owner.left_on is not None

    @property
    def has_owner(self) -> bool:
        """Somebody is named who is still there."""
        return bool(self.owner_name) or (self.owner is not None and not self.owner_left)

    @property
    def is_postponed(self) -> bool:
        return self.due != self.original_due

    def is_overdue(self, today: date) -> bool:
        """Open, and past its date."""
        return self.is_open and self.due is not None and self.due < today


class ActionChange(models.Model):
    """One line of an action's history: who changed what, from and to, and why.

    `before` and `after` are the stored values (a status, an ISO date, a name); lines with the
    same `version` are one decision.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField()
    field = models.CharField(max_length=10, choices=ChangedField)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    objects = ThroughAction.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["action", "version", "field"], name="change_once")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.before} -> {self.after}"


class ManagementDecision(models.Model):
    """What management answered to an action that was handed to it, and with which means."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="decisions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = models.CharField(max_length=10, choices=ManagementAnswer)
    means = models.CharField(_("means"), max_length=300, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = ThroughAction.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["action", "version"], name="decision_once"),
            models.CheckConstraint(
                condition=~Q(decision=ManagementAnswer.SUPPORTED) | ~Q(means=""),
                name="decision_support_has_means",
            ),
            models.CheckConstraint(
                condition=~Q(decision=ManagementAnswer.DECLINED) | ~Q(reason=""),
                name="decision_declined_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_decision_display()}"


class ActionNote(models.Model):
    """What somebody wrote with an action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("note"))
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ThroughAction.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_has_text")]

    def __str__(self) -> str:
        return self.text[:60]
