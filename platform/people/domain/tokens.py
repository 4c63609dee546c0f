"""Tokens of the API: making one, using one, withdrawing one."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput
from core.models import log_activity
from core.outbox import queue_mail
from people.models import AccessToken, User
from people.scopes import known_scopes

PREFIX = "benchlearn_"
"""So that a token that was left in a file is recognised for what it is."""
LONGEST = timedelta(days=365)
MOST_AT_ONCE = 20
LONGEST_TOKEN = 100


def digest_of(token: str) -> str:
    """What is kept of a token. It is 256 bits of chance, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_token(
    user: User, *, name: str, scopes: Collection[str], expires_on: date
) -> tuple[AccessToken, str]:
    """Make a token; returns its row and the token itself, which can't be had again.

    It works up to and including `expires_on`, at most a year from now. Its person gets a mail, so
    that nobody makes one behind their back. Raises InvalidInput.
    """
    _check(user, name, scopes, expires_on)
    token = PREFIX + secrets.token_urlsafe(32)
    row = AccessToken.objects.create(
        user=user,
        name=name.strip(),
        digest=digest_of(token),
        last_four=token[-4:],
        scopes=sorted(set(scopes)),
        made_at=timezone.now(),
        expires_on=expires_on,
    )
    log_activity(row, "make_token", actor=user, scopes=row.scopes)
    _mail(row)
    return row, token


def _check(user: User, name: str, scopes: Collection[str], expires_on: date) -> None:
    today = timezone.localdate()
    if not name.strip():
        raise InvalidInput(_("Give the token a name, so that you know later what it is for."))
    if not scopes or not set(scopes) <= {scope.code for scope in known_scopes()}:
        raise InvalidInput(_("Choose what the token is for."))
    if not today <= expires_on <= today + LONGEST:
        raise InvalidInput(_("A token works for at most a year, and not in the past."))
    if AccessToken.objects.filter(user=user).working(today).count() >= MOST_AT_ONCE:
        raise InvalidInput(
            _("You have %(n)d tokens that work. Withdraw one first.") % {"n": MOST_AT_ONCE}
        )


def _mail(row: AccessToken) -> None:
    """Tell the person, in the language of the account; the token itself is not in it."""
    with translation.override(row.user.language):
        queue_mail(
            to=row.user.email,
            subject=_("A token was made with your account"),
            body=_(
                "Dear %(name)s,\n\n"
                "A token was made with your Benchlearn account: “%(token)s”. Until "
                "%(day)s a programme that has it can read what you may see.\n\n"
                "Was it not you? Withdraw it here, and choose another password:\n\n"
                "%(address)s\n\nBenchlearn"
            )
            % {
                "name": row.user,
                "token": row.name,
                "day": date_format(row.expires_on, "j F Y"),
                "address": settings.BASE_URL + reverse("tokens"),
            },
            reference=f"access-token:{row.pk}",
            dedupe_key=f"access-token:{row.pk}",
        )


def find_token(token: str) -> AccessToken | None:
    """The token as it is now; None when it was withdrawn, ran out, never was, or when the account
    of its person is closed. That it was used is kept to the day."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    today = timezone.localdate()
    rows = AccessToken.objects.working(today).filter(digest=digest_of(token))
    row = rows.select_related("user").first()
    if row is not None and row.last_used_on != today:
        AccessToken.objects.filter(pk=row.pk).update(last_used_on=today)
    return row


@transaction.atomic
def withdraw_token(row: AccessToken, *, by: User) -> None:
    """From now on it opens nothing; a second time changes nothing."""
    rows = AccessToken.objects.filter(pk=row.pk, withdrawn_at=None)
    if rows.update(withdrawn_at=timezone.now()):
        log_activity(row, "withdraw_token", actor=by)
