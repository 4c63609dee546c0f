"""Signing in by a link in a mail: once, within the hour, bound to one person and to the browser in
which it was asked for.

That browser has a mark, from which a code is made that it shows; only digests of both are kept.
Another browser (that of a mail program, of a telephone) asks for the code, a few times at most.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import Gone, InvalidInput
from core.outbox import queue_mail
from people.models import SignInLink, User

LIFETIME = timedelta(minutes=30)
MOST_AT_ONCE = 5
"""Links that one person may have asked for within the lifetime; further requests send nothing."""
MOST_TRIES = 5
"""Wrong codes after which a link is gone."""
SALT = "people.links"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_mark() -> str:
    """What a browser remembers that asks for links."""
    return secrets.token_urlsafe(24)


def code_of(mark: str) -> str:
    """What the browser with this mark shows, for another one: six digits."""
    number = int.from_bytes(salted_hmac(SALT, mark, algorithm="sha256").digest()[:8])
    return f"{number % 1_000_000:06d}"


def _code_digest(digest: str, code: str) -> str:
    return salted_hmac(SALT, f"{digest}:{code}", algorithm="sha256").hexdigest()


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
def ask_for_link(
    email: str, *, next_path: str = "", mark: str = "", now: datetime | None = None
) -> None:
    """Send a link to whom this address belongs to; say nothing of whether there is such a person.
    `mark` is that of the browser that asks; without one the link opens in any.

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
    digest = _digest(token)
    link = SignInLink.objects.create(
        user=user,
        digest=digest,
        asker=_digest(mark) if mark else "",
        code=_code_digest(digest, code_of(mark)) if mark else "",
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
        .filter(user__is_active=True, tries__lt=MOST_TRIES)
        .first()
    )
    if link is None:
        raise Gone(gettext_lazy("This link has been used or has expired"))
    return link


def was_asked_by(link: SignInLink, mark: str) -> bool:
    """Is this the browser in which the link was asked for?"""
    return not link.asker or constant_time_compare(link.asker, _digest(mark))


def _check_code(link: SignInLink, code: str) -> None:
    """Count first, then look: of many who try at once, none gets more than are left."""
    left = SignInLink.objects.filter(pk=link.pk, tries__lt=MOST_TRIES)
    if not left.update(tries=F("tries") + 1):
        raise Gone(gettext_lazy("This link has been used or has expired"))
    plain = "".join(each for each in code if each.isdecimal())
    if not constant_time_compare(link.code, _code_digest(link.digest, plain)):
        raise InvalidInput(_("This isn't the code that stands in the browser where you asked."))


def use_link(
    token: str, *, mark: str = "", code: str = "", now: datetime | None = None
) -> SignInLink:
    """Use the link up; of two who press at once, one gets in. A browser in which it wasn't asked
    for gives the code. Raises Gone, or InvalidInput for a wrong code."""
    now = now or timezone.now()
    link = find_link(token, now=now)
    if not was_asked_by(link, mark):
        _check_code(link, code)
    if not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        raise Gone(gettext_lazy("This link has been used or has expired"))
    return link
