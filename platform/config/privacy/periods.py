"""The periods of the register, carried out once a day, with a line in the audit log that counts."""

import datetime as dt

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from benchmarks.models import Appointment
from config.privacy.closed_programmes import forget_closed
from config.privacy.erasing import (
    NOBODY,
    erase,
    forget_candidates,
    forget_invitations,
    forget_mail,
)
from config.privacy.strays import remove_strays
from core.audit import Deed, record
from core.models import ActivityEntry, MailState, OutboxMail, Pulse
from people.models import Membership, SignInLink, User
from surveys.enums import WaveState
from surveys.models import Candidate, Interview, Invitation, TopicNote

DAILY = "periods"
DAY, MONTH, YEAR = dt.timedelta(days=1), dt.timedelta(days=30), dt.timedelta(days=365)
RESTING = (MailState.SENT, MailState.REFUSED, MailState.FAILED, MailState.BOUNCED)


def keep_periods(now: dt.datetime) -> dict[str, int]:
    """Remove what is past its period; how many of each. A second time it is nothing."""
    today = timezone.localdate(now)
    counts = {
        "links": SignInLink.objects.filter(expires_at__lt=now).delete()[0],
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "devices": _devices(now),
        "attempts": AccessAttempt.objects.filter(attempt_time__lt=now - MONTH).delete()[0]
        + AccessFailureLog.objects.filter(attempt_time__lt=now - MONTH).delete()[0],
        "mails": forget_mail(_old_mails(now)),
        "invitations": forget_invitations(_old_invitations(today)),
        "candidates": forget_candidates(_old_candidates(today)),
        "talks": _forget_talks(today),
        "programmes": forget_closed(today),
        "activity": ActivityEntry.objects.filter(at__lt=now - 3 * YEAR)
        .exclude(actor=None)
        .update(actor=None),
        "accounts": _old_accounts(today),
        "files": remove_strays(now),
    }
    pulse, _new = Pulse.objects.update_or_create(name=DAILY, defaults={"at": now})
    if any(counts.values()):
        record(Deed.PERIODS_KEPT, pulse, **counts)
    return counts


def keep_periods_daily(**signal: object) -> None:
    """Beat's round: once a day."""
    now = timezone.now()
    if not Pulse.objects.filter(name=DAILY, at__gt=now - DAY).exists():
        keep_periods(now)


def _devices(now: dt.datetime) -> int:
    """Notes of where somebody was signed in, of sessions that are over."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=now)
    return int(UserSession.objects.filter(~Exists(alive)).delete()[0])


def _old_mails(now: dt.datetime) -> object:
    old = OutboxMail.objects.filter(state__in=RESTING, modified_at__lt=now - YEAR)
    return old.exclude(to=NOBODY)


def _old_invitations(today: dt.date) -> object:
    closed = {"wave__state": WaveState.CLOSED, "wave__closed_on__lt": today - YEAR}
    return Invitation.objects.filter(**closed).exclude(name="", email="", membership=None)


def _old_candidates(today: dt.date) -> object:
    old = Candidate.objects.filter(round__ends_on__lt=today - YEAR)
    return old.exclude(name="", email="", phone="", membership=None)


def _forget_talks(today: dt.date) -> int:
    """What was noted in interviews, and where they were; their reports, without names, stay."""
    old = Interview.objects.filter(round__ends_on__lt=today - YEAR)
    notes, _by_model = TopicNote.objects.filter(interview__in=old).delete()
    return int(notes) + int(old.exclude(place="").update(place=""))


def _old_accounts(today: dt.date) -> int:
    """Accounts whose owner left every organisation a year ago and has no role anywhere."""
    mine = Membership.objects.filter(user=OuterRef("pk"))
    recent = mine.exclude(left_on__lt=today - YEAR)
    roles = Appointment.objects.filter(user=OuterRef("pk"))
    gone = User.objects.filter(Exists(mine), ~Exists(recent), ~Exists(roles), is_superuser=False)
    accounts = list(gone.exclude(email__endswith="@benchlearn.invalid"))
    for user in accounts:
        erase(user)
    return len(accounts)
