"""Invitations: an account that was made for somebody, until they come. Then it runs out."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.audit import Deed, record
from people.models import Invitation, User
from people.signals import invitation_expired


def invite(user: User, *, by: Any = None, now: dt.datetime | None = None) -> Invitation:
    """Note that somebody was given an account; asked again, the time begins anew."""
    now = now or timezone.now()
    until = now + dt.timedelta(days=settings.INVITATION_DAYS)
    fresh = {"sent_at": now, "expires_at": until, "ended_at": None}
    invitation, _new = Invitation.objects.update_or_create(user=user, defaults=fresh)
    record(Deed.INVITED, user, by=by)
    return invitation


def has_expired(user: User) -> bool:
    """Was this account closed because nobody came?"""
    return Invitation.objects.filter(user=user).exclude(ended_at=None).exists()


def note_arrival(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """Somebody signed in: their invitation is used."""
    if Invitation.objects.filter(user=user).delete()[0]:
        record(Deed.INVITATION_USED, user, by=user)


def expire_invitations(now: dt.datetime) -> int:
    """Close accounts that nobody came for in time and take their roles back; how many.

    Who chose a password or signed in is there, whatever became of the note.
    """
    closed = 0
    late = Invitation.objects.filter(expires_at__lt=now, ended_at=None, user__last_login=None)
    for invitation in late.select_related("user"):
        if not invitation.user.has_usable_password():
            _expire(invitation, now)
            closed += 1
    return closed


@transaction.atomic
def _expire(invitation: Invitation, now: dt.datetime) -> None:
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    if user.last_login is not None:
        return
    user.is_active = False
    user.save(update_fields=["is_active", "modified_at"])
    for membership in user.memberships.filter(left_on=None):
        membership.roles.all().delete()
        membership.left_on = timezone.localdate(now)
        membership.save(update_fields=["left_on", "modified_at"])
    invitation_expired.send(sender=None, user=user)
    invitation.ended_at = now
    invitation.save(update_fields=["ended_at"])
    record(Deed.INVITATION_ENDED, user)
