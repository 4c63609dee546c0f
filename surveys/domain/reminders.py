"""Reminders: planned by the coordinator, sent by beat's round, only to who hasn't answered."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from surveys.domain.invitations import queue
from surveys.domain.links import key_of, make_token, used_digest_of
from surveys.domain.waves import lock_wave
from surveys.enums import MailKind, ReminderBasis, WaveState
from surveys.models import Invitation, Reminder, Wave
from surveys.queries import mails_of, used_digests

REMIND_TASK = "surveys.tasks.send_reminders"
MOST_DAYS = 90
MOST_REMINDERS = 5


@transaction.atomic
def plan_reminder(wave: Wave, *, basis: str, days: int, by: Any, today: dt.date) -> Reminder:
    """Plan a reminder. Raises NotNow when the wave is closed, InvalidInput for a day that has
    passed, one that comes after the last day to answer, or one that is planned already."""
    wave = lock_wave(wave)
    if wave.state == WaveState.CLOSED:
        raise NotNow(_("This wave is closed; nobody is reminded any more."))
    if not 0 < days <= MOST_DAYS:
        raise InvalidInput(_("A number of days from 1 to 90."))
    if wave.reminders.filter(basis=basis, days=days).exists():
        raise InvalidInput(_("This reminder is planned already."))
    if wave.reminders.count() >= MOST_REMINDERS:
        raise InvalidInput(_("Five reminders is enough for anybody."))
    reminder = Reminder(wave=wave, basis=ReminderBasis(basis), days=days)
    due = reminder.due_on
    if due is not None and not today <= due <= wave.last_day:
        raise InvalidInput(_("That day has passed, or comes after the last day to answer."))
    reminder.save()
    log_activity(wave, "reminder planned", actor=by, basis=basis, days=days)
    return reminder


def cancel_reminder(reminder: Reminder, *, by: Any) -> None:
    """Don't send it after all. Raises NotNow when it was sent."""
    with transaction.atomic():
        gone, _rows = Reminder.objects.filter(pk=reminder.pk, sent_on=None).delete()
        if not gone:
            raise NotNow(_("This reminder was sent already."))
        log_activity(reminder.wave, "reminder cancelled", actor=by)


def waves_to_remind(today: dt.date) -> list[Wave]:
    """Open waves that have a reminder due by this day."""
    rows = Reminder.objects.filter(
        sent_on=None, wave__state=WaveState.OPEN, wave__last_day__gte=today
    )
    due = [row for row in rows.select_related("wave") if row.due_on and row.due_on <= today]
    return list({row.wave_id: row.wave for row in due}.values())


@transaction.atomic
def send_reminders(wave: Wave, *, today: dt.date) -> int:
    """Write the mails of the reminders that are due, to who hasn't answered; how many mails.

    Several that fell due together (a server that was off) are one mail. The note that they were
    sent and the mails stand in one transaction: each reminder is sent once, whoever is killed.
    """
    wave = lock_wave(wave)
    planned = wave.reminders.select_related("wave").filter(sent_on=None)
    due = [row.pk for row in planned if row.due_on and row.due_on <= today]
    if not due or wave.state != WaveState.OPEN or wave.last_day < today:
        return 0
    Reminder.objects.filter(pk__in=due).update(sent_on=today)
    people = unanswered(wave)
    queue(people, wave, kind=MailKind.REMINDER, occasion=f"reminder:{min(due)}")
    log_activity(wave, "reminded")
    return len(people)


def unanswered(wave: Wave) -> list[Invitation]:
    """Whose link was not used yet, leaving out whom mail doesn't reach or has not reached yet."""
    key, used = key_of(wave), used_digests(wave)
    not_reached = set(mails_of(wave).exclude(state="sent").values_list("to", flat=True))
    return [
        invitation
        for invitation in wave.invitations.exclude(email="").select_related("organisation")
        if invitation.email not in not_reached
        and used_digest_of(make_token(key, invitation.nonce)) not in used
    ]
