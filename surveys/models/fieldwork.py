"""What goes with a wave while it runs: texts, reminders, an open link, and who wants no mail."""

import datetime as dt

from django.db import models

from benchmarks.models import Programme
from core.models import TimestampedModel
from surveys.enums import MailKind, ReminderBasis
from surveys.models.waves import Wave, new_nonce


class MailText(TimestampedModel):
    """A coordinator's own words for a mail, in one language; else the shipped text is used."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="mail_texts")
    kind = models.CharField(max_length=10, choices=MailKind)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=5000)

    class Meta:
        ordering = ["wave", "kind", "language"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "kind", "language"], name="mail_text_once")
        ]

    def __str__(self) -> str:
        return self.subject


class Reminder(models.Model):
    """A reminder to who hasn't answered, so many days after opening or before the last day.

    `sent_on` is set in the transaction that writes its mails, so each is sent once.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="reminders")
    basis = models.CharField(max_length=14, choices=ReminderBasis)
    days = models.PositiveSmallIntegerField()
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["wave", "basis", "days"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "basis", "days"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.days} {self.get_basis_display()}"

    @property
    def due_on(self) -> dt.date | None:
        """The day on which it goes out; None as long as nobody knows when the wave opens."""
        if self.basis == ReminderBasis.BEFORE_LAST_DAY:
            return self.wave.last_day - dt.timedelta(self.days)
        opened = self.wave.opened_on
        return opened + dt.timedelta(self.days) if opened else None


class MailStop(TimestampedModel):
    """Somebody who wants no more mail of a programme, said by the link in a mail."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()

    class Meta:
        ordering = ["programme", "email"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "email"], name="mail_stop_once")
        ]

    def __str__(self) -> str:
        return self.email


class OpenLink(TimestampedModel):
    """A link that anyone may use, as long as there are places: each gets a link of their own."""

    wave = models.OneToOneField(Wave, on_delete=models.CASCADE, related_name="open_link")
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    places = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.places} ({self.wave})"
