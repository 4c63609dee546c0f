"""Accounts: what people change about their own, and making one for who has none."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput
from people.domain.invitations import has_expired, invite
from people.models import User

LATELY = timedelta(minutes=15)


def signed_in_lately(user: User) -> bool:
    """Did this person sign in within the last quarter of an hour?"""
    return user.last_login is not None and timezone.now() - user.last_login <= LATELY


def change_language(user: User, *, language: str) -> User:
    """Use this language for pages and mails of the account from now on."""
    if language not in dict(settings.LANGUAGES):
        raise InvalidInput(_("Benchlearn does not know this language."))
    user.language = language
    user.save(update_fields=["language", "modified_at"])
    return user


def change_details(user: User, *, name: str, phone: str) -> User:
    """Change what colleagues in a benchmark see of this person."""
    if not name.strip():
        raise InvalidInput(_("Fill in your name."))
    user.name, user.phone = name.strip(), phone.strip()
    user.save(update_fields=["name", "phone", "modified_at"])
    return user


def account_of(email: str, *, name: str = "", by: Any = None) -> User:
    """The account with this e-mail address; where there is none it is made, to be signed in to by
    a link in a mail before the invitation runs out. A name that is known already stays. Raises
    InvalidInput for no address, and for an account that was closed."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise InvalidInput(_("Give an e-mail address.")) from wrong
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, name=" ".join(name.split())[:120])
        invite(user, by=by)
    elif not user.is_active and has_expired(user):
        user.is_active = True
        user.save(update_fields=["is_active", "modified_at"])
        invite(user, by=by)
    elif not user.is_active:
        raise InvalidInput(_("The account with this e-mail address is closed."))
    return user
