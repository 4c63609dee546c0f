"""The abstract records of the floor, the activity log, the audit log, and the outbox."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class TimestampedModel(models.Model):
    """A record that knows when it was made and last changed."""

    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class LeasedState(models.TextChoices):
    """The life of a row that a worker must carry out."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class LeasedRow(models.Model):
    """Work that must happen: a row, claimed by one worker at a time for the length of a lease.

    The queue is never the truth: whoever claims the row (core/leases.py) does the work, and a
    row whose lease ran out is given back by beat.
    """

    state = models.CharField(max_length=12, choices=LeasedState, default=LeasedState.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent")
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True


class ActivityEntry(models.Model):
    """One line of the activity log: who did what to which record."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verb = models.CharField(max_length=40)
    target_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    target_id = models.CharField(max_length=40)
    target = GenericForeignKey("target_type", "target_id")
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="activity_target")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


def log_activity(
    target: models.Model, verb: str, *, actor: Any = None, **details: Any
) -> ActivityEntry:
    """Write a line in the activity log, in the transaction of the decision it tells of."""
    known = actor if actor is not None and getattr(actor, "is_authenticated", False) else None
    return ActivityEntry.objects.create(target=target, verb=verb, actor=known, details=details)


class AuditEntry(models.Model):
    """One line of the audit log. Written by `core.audit.record` alone, and never changed: the
    database refuses it (core/audit_guard.py).

    `digest` covers the line and the digest of the line before. People are in it as the number of
    their account, so that somebody can be erased while the log stays whole. `scope` says which
    programme it belongs to ("programme:12"), `target` what it was about ("surveys.wave:7").
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor = models.BigIntegerField(null=True, blank=True)
    verb = models.CharField(max_length=40)
    target = models.CharField(max_length=80, db_index=True)
    scope = models.CharField(max_length=40, blank=True, db_index=True)
    details = models.JSONField(default=dict, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class AuditHead(models.Model):
    """The end of the audit log: one row, which writers lock, so that each line has one before it.
    It only ever moves one line on, so that lines taken off the end are missed."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


class MailState(models.TextChoices):
    """Where a mail stands. `unsure`: killed between the server's acceptance and our note of it."""

    WAITING = "waiting", _("waiting")
    CLAIMED = "claimed", _("claimed by a worker")
    DELIVERING = "delivering", _("being handed over")
    SENT = "sent", _("sent")
    UNSURE = "unsure", _("unsure whether it was sent")
    REFUSED = "refused", _("refused by the mail server")
    FAILED = "failed", _("failed")
    BOUNCED = "bounced", _("came back")
    CANCELLED = "cancelled", _("cancelled")


def new_message_id() -> str:
    """A Message-ID that stays with the mail, however often it is tried."""
    return f"<{uuid.uuid4().hex}@{settings.DEFAULT_FROM_EMAIL.rsplit('@', 1)[-1].rstrip('>')}>"


class OutboxMail(TimestampedModel):
    """A mail that was decided on: written in the transaction of the decision, sent by a worker.

    `reference` says what it is about in the words of the room that wrote it, e.g.
    "wave:12:invitation:7"; `dedupe_key` is unique: one decision can't write the same mail twice.
    Text, attachment and `unsubscribe_url` (which goes into the header List-Unsubscribe, RFC 8058)
    are emptied once the mail is sent: they hold personal links.
    """

    state = models.CharField(max_length=12, choices=MailState, default=MailState.WAITING)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    attachment_name = models.CharField(max_length=80, blank=True)
    attachment_type = models.CharField(max_length=80, blank=True)
    attachment = models.TextField(blank=True)
    unsubscribe_url = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=120, unique=True, default=new_message_id)
    dedupe_key = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=80, db_index=True)
    attempt = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    server_answer = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "not_before"], name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"


class Pulse(models.Model):
    """The last sign of life of something that runs by itself."""

    ROUND = "round"
    """Beat's round reached a worker."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.at}"
