"""The outbox: deciding on a mail. Sending it is the worker's (core/delivery.py)."""

from typing import Any

from core.delivery import DELIVER_TASK
from core.models import OutboxMail
from core.wake import look_on_commit


def queue_mail(
    *,
    to: str,
    subject: str,
    body: str,
    reference: str,
    dedupe_key: str,
    attachment: tuple[str, str, str] | None = None,
    **fields: Any,
) -> OutboxMail | None:
    """Write a mail in the transaction that decides it; None when this decision already wrote one.

    `attachment` is (file name, content type, text). `reference` tells the room where it belongs,
    `dedupe_key` makes the decision unique. A subject never spans lines, whatever a name holds.
    """
    name, kind, text = attachment or ("", "", "")
    mail, new = OutboxMail.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "to": to,
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "reference": reference,
            "attachment_name": name,
            "attachment_type": kind,
            "attachment": text,
            **fields,
        },
    )
    if not new:
        return None
    look_on_commit(DELIVER_TASK)
    return mail
