"""The digest: one mail to one person about all actions that need a word today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import OutboxMail
from core.outbox import queue_mail
from learningcircles.enums import ReminderKind
from learningcircles.models import Action
from people.models import User

SHOWN = 25
"""Actions named in one part of the digest; the rest are a number and a link."""


@dataclass(frozen=True, slots=True)
class Part:
    """The actions of one reason, the first due first, and how many more there are."""

    title: str
    actions: list[Action]
    more: int


def _titles() -> dict[str, str]:
    return {
        ReminderKind.ESCALATED: _("Long past their date: management is asked to look at these"),
        ReminderKind.OVERDUE: _("Past their date"),
        ReminderKind.SOON: _("Due soon"),
        ReminderKind.INCOMPLETE: _("Nobody named any more, or no date"),
    }


def _parts(reasons: Iterable[Any]) -> list[Part]:
    reasons = list(reasons)
    rows = Action.objects.select_related("organisation", "owner__user").in_bulk(
        {reason.action for reason in reasons}
    )
    parts = []
    for kind, title in _titles().items():
        actions = [rows[reason.action] for reason in reasons if reason.kind == kind]
        actions.sort(key=lambda row: (row.due is None, row.due or date.max, row.pk))
        if actions:
            parts.append(Part(title, actions[:SHOWN], max(0, len(actions) - SHOWN)))
    return parts


def queue_digest(user: User, reasons: Iterable[Any], *, today: date, key: str) -> OutboxMail | None:
    """Write the mail, in the person's language, into the outbox under this key."""
    with translation.override(user.language):
        parts = _parts(reasons)
        number = len({reason.action for reason in reasons})
        context = {
            "user": user,
            "parts": parts,
            "today": today,
            "site": settings.BASE_URL,
            "url": settings.BASE_URL + reverse("my_actions"),
        }
        return queue_mail(
            to=user.email,
            subject=ngettext(
                "%(n)d action needs your attention", "%(n)d actions need your attention", number
            )
            % {"n": number},
            body=render_to_string("learningcircles/mail/digest.txt", context),
            reference=f"actions:{user.pk}",
            dedupe_key=key,
        )
