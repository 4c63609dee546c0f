"""What people change about their own account."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput
from people.models import User


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
