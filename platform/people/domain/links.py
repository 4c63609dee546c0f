"""Signing in by a link in a mail: once, within the hour, bound to one person."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import Gone
from core.outbox import queue_mail
from people.models import SignInLink, User

LIFETIME = timedelta(minutes=30)
MOST_AT_ONCE = 5
"""Links that one person may have asked for within the lifetime; further requests send nothing."""


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _mail(link: SignInLink, token: str) -> None:
    """Write the mail with the link, in the language of the account."""
    address = settings.BASE_URL + reverse("sign_in_link", args=[token])
    with translation.override(link.user.language):
        minutes = int(LIFETIME.total_seconds() // 60)
        queue_mail(
            to=link.user.email,
            subject=_("Your link to sign in to Benchlearn"),
            body=_(
                "Dear %(name)s,\n\n"
                "With this link you sign in to Benchlearn. It works once, within %(minutes)d "
                "minutes:\n\n%(address)s\n\n"
                "Did you not ask for it? Then you need to do nothing: without the link nobody "
                "gets in.\n\nBenchlearn"
            )
            % {"name": link.user, "minutes": minutes, "address": address},
            reference=f"sign-in-link:{link.pk}",
            dedupe_key=f"sign-in-link:{link.pk}",
        )


@transaction.atomic
def ask_for_link(email: str, *, next_path: str = "", now: datetime | None = None) -> None:
    """Send a link to whom this address belongs to; say nothing of whether there is such a person.

    Asking for the sixth time within the lifetime of a link sends nothing: somebody else may be
    filling that mailbox.
    """
    now = now or timezone.now()
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        return
    user.sign_in_links.filter(expires_at__lt=now).delete()
    if user.sign_in_links.count() >= MOST_AT_ONCE:
        return
    token = secrets.token_urlsafe(32)
    link = SignInLink.objects.create(
        user=user,
        digest=_digest(token),
        next_path=next_path[:200],
        asked_at=now,
        expires_at=now + LIFETIME,
    )
    _mail(link, token)


def find_link(token: str, *, now: datetime | None = None) -> SignInLink:
    """The link that this token opens; Gone when it was used, ran out or never was."""
    link = (
        SignInLink.objects.select_related("user")
        .filter(digest=_digest(token), used_at=None, expires_at__gte=now or timezone.now())
        .filter(user__is_active=True)
        .first()
    )
    if link is None:
        raise Gone(gettext_lazy("This link has been used or has expired"))
    return link


def use_link(token: str, *, now: datetime | None = None) -> SignInLink:
    """Use the link up; of two who press at once, one gets in."""
    now = now or timezone.now()
    link = find_link(token, now=now)
    if not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        raise Gone(gettext_lazy("This link has been used or has expired"))
    return link
