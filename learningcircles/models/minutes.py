"""Minutes: what was typed with each item, sent for approval, and locked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from learningcircles.enums import MinutesState
from learningcircles.managers import ThroughSession
from learningcircles.managers_talk import ThroughItem, ThroughMinutes
from learningcircles.models.agenda import AgendaItem
from learningcircles.models.sessions import Session
from people.models import Membership, Organisation


class Minutes(TimestampedModel):
    """The minutes of one session. `content` is what was sent for approval, word for word.

    While they are a draft, what is shown comes from the records. From the moment they are sent it
    comes from `content`: what is approved is what is final, whatever becomes of an action later.
    `round` counts how often they were sent.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(max_length=6, choices=MinutesState, default=MinutesState.DRAFT)
    content = models.JSONField(default=dict, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    final_reason = models.TextField(
        _("why they are final without the word of every organisation"), blank=True
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="next"
    )

    objects = ThroughSession.as_manager()

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=MinutesState.FINAL) | models.Q(final_at__isnull=False),
                name="minutes_final_has_date",
            ),
            models.CheckConstraint(
                condition=models.Q(state=MinutesState.DRAFT) | models.Q(sent_at__isnull=False),
                name="minutes_sent_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.get_state_display()}"

    @property
    def is_draft(self) -> bool:
        return self.state == MinutesState.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.state == MinutesState.SENT

    @property
    def is_final(self) -> bool:
        return self.state == MinutesState.FINAL


class MinuteText(TimestampedModel):
    """What is typed with one item. `version` rises with each text that was kept."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="minute_text")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = ThroughItem.as_manager()

    def __str__(self) -> str:
        return self.text[:60]


class MinuteEdit(models.Model):
    """Every text that anybody saved with an item; none is ever lost.

    One that met another's in the same minute has no `version`, and waits (`settled_at` empty)
    until somebody has put both together.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="edits")
    text = models.TextField(blank=True)
    based_on = models.PositiveIntegerField()
    version = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ThroughItem.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="minute_edit_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Approval(models.Model):
    """What an organisation, through one who was there, says of the minutes as sent."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="approvals")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField()
    approved = models.BooleanField()
    remark = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    objects = ThroughMinutes.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "organisation", "round"], name="approval_once"
            ),
            models.CheckConstraint(
                condition=models.Q(approved=True) | ~models.Q(remark=""),
                name="approval_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.approved}"


class Addendum(models.Model):
    """A correction of final minutes: it stands beside them, they don't change."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="addenda")
    text = models.TextField(_("addendum"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ThroughMinutes.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="addendum_has_text")
        ]

    def __str__(self) -> str:
        return self.text[:60]
