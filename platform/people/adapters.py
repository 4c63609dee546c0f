"""How allauth behaves here."""

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from core.outbox import queue_mail


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves: coordinators and administrators invite."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There is no user name apart from the e-mail address."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail goes through the outbox, in the language of its reader."""
        user = context.get("user")
        language = getattr(user, "language", settings.LANGUAGE_CODE)
        with translation.override(language):
            subject = render_to_string(f"{template_prefix}_subject.txt", context)
            body = render_to_string(f"{template_prefix}_message.txt", context)
        name = template_prefix.rsplit("/", 1)[-1]
        queue_mail(
            to=email,
            subject=subject,
            body=body.strip(),
            reference=f"account:{name}",
            dedupe_key=f"account:{name}:{uuid.uuid4().hex}",
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail is the installation's own, whatever the request's host says."""
        uid, _dash, token = key.partition("-")
        return settings.BASE_URL + reverse("account_reset_password_from_key", args=[uid, token])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")
