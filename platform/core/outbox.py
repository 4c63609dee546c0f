"""The outbox: deciding on a mail. Sending it is the worker's (core/delivery.py)."""

from collections.abc import Iterable
from itertools import batched
from typing import Any

from core.delivery import DELIVER_TASK
from core.models import OutboxMail
from core.wake import look_on_commit

MAILS_AT_ONCE = 500


def new_mail(
    *,
    to: str,
    subject: str,
    body: str,
    reference: str,
    dedupe_key: str,
    attachment: tuple[str, str, str] | None = None,
    **fields: Any,
) -> OutboxMail:
    """A mail, not written yet.

    `attachment` is (file name, content type, text). `reference` tells the room where it belongs,
    `dedupe_key` makes the decision unique. A subject never spans lines, whatever a name holds.
    """
    name, kind, text = attachment or ("", "", "")
    return OutboxMail(
        dedupe_key=dedupe_key,
        to=to,
        subject=" ".join(subject.split())[:200],
        body=body,
        reference=reference,
        attachment_name=name,
        attachment_type=kind,
        attachment=text,
        **fields,
    )


def queue_mail(**mail: Any) -> OutboxMail | None:
    """Write a mail (see `new_mail`) in the transaction that decides it; None when this decision
    already wrote one."""
    new = new_mail(**mail)
    queue_mails([new])
    written = OutboxMail.objects.filter(dedupe_key=new.dedupe_key).get()
    return written if written.message_id == new.message_id else None


def queue_mails(mails: Iterable[OutboxMail]) -> None:
    """Write many, each once a decision: what it wrote already stays as it is."""
    for some in batched(mails, MAILS_AT_ONCE):
        OutboxMail.objects.bulk_create(some, ignore_conflicts=True)
        look_on_commit(DELIVER_TASK)
