"""Mails that come back later: what the mail service tells by its webhook, noted at the mail.

django-anymail checks and reads what the service sends (platform/website/views/bounces.py); this
only knows its signal. A refusal within the SMTP session is not this, but core/delivery.py.
"""

import logging
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.models import MailState, OutboxMail

logger = logging.getLogger(__name__)

CAME_BACK = ("bounced", "rejected", "failed", "complained")
KNOWN_FOR = timedelta(days=14)


def note_bounce(sender: Any, event: Any, **kwargs: Any) -> None:
    """A receiver of anymail.signals.tracking. Told twice, it is noted once."""
    if event.event_type not in CAME_BACK:
        return
    mail = _mail_of(event)
    if mail is None:
        logger.warning("A mail came back that is not known here")
        return
    answer = event.mta_response or event.description or event.reject_reason or event.event_type
    OutboxMail.objects.filter(pk=mail.pk, state__in=(MailState.SENT, MailState.UNSURE)).update(
        state=MailState.BOUNCED, server_answer=str(answer)[:2000], body="", unsubscribe_url=""
    )


def _mail_of(event: Any) -> OutboxMail | None:
    """By our Message-ID where the service kept it, else the newest mail to this address."""
    bare = str(event.message_id or "").strip("<>")
    known = OutboxMail.objects.filter(message_id=f"<{bare}>").first() if bare else None
    if known is not None or not event.recipient:
        return known
    lately = OutboxMail.objects.filter(
        to__iexact=event.recipient,
        state__in=(MailState.SENT, MailState.UNSURE),
        modified_at__gte=timezone.now() - KNOWN_FOR,
    )
    return lately.order_by("-sent_at", "-pk").first()
