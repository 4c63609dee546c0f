"""The second factor: who needs one, until when they may do without, and how secrets are kept."""

import datetime as dt
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.utils import timezone

from core.audit import Deed, record
from people.access import holds_far_reaching_role
from people.models import User
from people.sealed import seal, unseal

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one of these."""


def needs_factor(user: Any) -> bool:
    """Does this person hold a role that reaches so far that a password alone is too little?"""
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated:
        return False
    return holds_far_reaching_role(user)


def has_factor(user: Any) -> bool:
    """Did this person set up a second factor?"""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def lacks_factor(user: Any, *, today: dt.date) -> bool:
    """Must this person set up a second factor before anything else? The days of grace begin the
    first time that they come with a role that needs one."""
    if not needs_factor(user) or has_factor(user):
        return False
    if user.factor_due_on is None:
        user.factor_due_on = today + dt.timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)
        User.objects.filter(pk=user.pk).update(factor_due_on=user.factor_due_on)
    return bool(user.factor_due_on <= today)


def factor_due(user: Any) -> dt.date | None:
    """The day on which the grace ends, for whoever still has to set up a second factor."""
    if not needs_factor(user) or has_factor(user):
        return None
    return user.factor_due_on or timezone.localdate()


def note_factor(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """Each factor that comes or goes is in the audit log."""
    there = Authenticator.objects.filter(pk=authenticator.pk).exists()
    about = {"kind": str(authenticator.type), "there": there}
    record(Deed.FACTOR_CHANGED, user, by=user, **about)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest, and who needs a factor can't take the last one away."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if authenticator.type not in FACTORS or not needs_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Ending a session is in the audit log."""

    def end_sessions(self, sessions: Any) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        for session in ended:
            record(Deed.SESSION_ENDED, session.user)
