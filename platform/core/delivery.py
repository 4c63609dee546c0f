"""Delivering the outbox: nothing lost, nothing twice, and what can't be known is said.

    waiting -> claimed -> delivering -> sent
       ^          |           |-------> refused  the server said no for good (5xx)
       |----------+-----------|-------> waiting  not now (4xx), later again; at last `failed`
                              `-------> unsure   handed over, and its answer never came

`delivering` is committed just before the mail is handed over: whoever dies after that leaves a
row of which nobody can know whether the server has it. Such a row is `unsure`, and is sent again
only on somebody's word, under the same Message-ID.
"""

import logging
import smtplib
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.exceptions import NotNow
from core.leases import claim
from core.models import MailState, OutboxMail, log_activity
from core.wake import look, look_on_commit

logger = logging.getLogger(__name__)

DELIVER_TASK = "core.tasks.deliver_mail"
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=4)
GOODBYE = 421
"""With this answer a mail server ends the connection."""
MANY = 20
"""From so many waiting mails on, a worker that starts asks for one more to help."""


class MailServerAway(Exception):
    """No connection to the mail server: nothing was handed over, all rows go on waiting."""


def deliver_waiting(worker: str, *, seconds: float = 240) -> int:
    """Deliver what waits, one mail at a time, until nothing does; returns how many were tried.

    `worker` must be unique to this call: it is the mark of who holds a row.
    """
    if waiting_mails().count() > MANY:
        look(DELIVER_TASK)
    connection = mailers.default
    until, tried = time.monotonic() + seconds, 0
    try:
        while time.monotonic() < until and (mail := _claim(worker)) is not None:
            deliver(mail, connection)
            tried += 1
    except MailServerAway as away:
        logger.warning("The mail server can't be reached: %s", away)
    finally:
        _close(connection)
    return tried


def waiting_mails() -> QuerySet[OutboxMail]:
    """Mails that could be delivered now."""
    ripe = Q(not_before=None) | Q(not_before__lte=timezone.now())
    return OutboxMail.objects.filter(ripe, state=MailState.WAITING)


def _claim(worker: str) -> OutboxMail | None:
    return claim(OutboxMail.objects.all(), worker, waiting=MailState.WAITING, to=MailState.CLAIMED)


def deliver(mail: OutboxMail, connection: Any) -> None:
    """Take one claimed mail to the server and note what became of it."""
    try:
        message = build_message(mail)
        message.message().as_bytes()
    except (ValueError, UnicodeError, LookupError) as error:
        _settle(mail, MailState.FAILED, answer=f"can't be written as a mail: {error}")
        return
    _connect(mail, connection)
    if _settle(mail, MailState.DELIVERING, lease_until=_lease()):
        _hand_over(mail, message, connection)


def build_message(mail: OutboxMail) -> EmailMessage:
    """The mail as it goes over the wire, under the Message-ID it keeps for ever."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMessage(subject=mail.subject, body=mail.body, to=[mail.to], headers=headers)
    if mail.attachment_name:
        message.attach(mail.attachment_name, mail.attachment, mail.attachment_type)
    return message


def _connect(mail: OutboxMail, connection: Any) -> None:
    """Open the connection; when there is none, the mail waits and the attempt doesn't count."""
    try:
        connection.open()
    except OSError as error:  # smtplib's exceptions are OSErrors
        _settle(
            mail,
            MailState.WAITING,
            attempt=F("attempt") - 1,
            not_before=timezone.now() + FIRST_PAUSE,
            answer=str(error),
        )
        raise MailServerAway(str(error)) from error


def _hand_over(mail: OutboxMail, message: EmailMessage, connection: Any) -> None:
    """Hand the mail to the server. From here to its answer, only the server knows."""
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        _refused(mail, connection, *next(iter(error.recipients.values())))
    except smtplib.SMTPResponseException as error:
        _refused(mail, connection, error.smtp_code, error.smtp_error)
    except ValueError as error:  # an address that can't be written in an SMTP command
        _settle(mail, MailState.FAILED, answer=str(error))
    except OSError as error:
        _broken(mail, connection, str(error))
    else:
        _sent(mail)


def _sent(mail: OutboxMail) -> None:
    """The server has it. Text and attachment are emptied: they hold personal links."""
    emptied = {"body": "", "attachment": "", "unsubscribe_url": ""}
    _settle(mail, MailState.SENT, sent_at=timezone.now(), answer="", **emptied)


def _refused(mail: OutboxMail, connection: Any, code: int, text: bytes | str) -> None:
    """The server answered no: for good (5xx), or for now (4xx)."""
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    answer = f"{code} {words}"
    if code >= 500:
        _settle(mail, MailState.REFUSED, answer=answer)
    else:
        _later(mail, answer)
    if code == GOODBYE:
        _close(connection)


def _broken(mail: OutboxMail, connection: Any, answer: str) -> None:
    """The connection broke: unsure when the text was under way, else simply not sent."""
    if getattr(connection, "text_underway", True):
        logger.warning("Unsure whether mail %s (%s) was sent", mail.pk, mail.reference)
        _settle(mail, MailState.UNSURE, answer=answer)
    else:
        _later(mail, answer)
    _close(connection)


def _later(mail: OutboxMail, answer: str) -> None:
    """Try again after a pause that doubles each time; after the last attempt it has failed."""
    if mail.attempt >= MOST_ATTEMPTS:
        _settle(mail, MailState.FAILED, answer=answer)
        return
    pause = min(FIRST_PAUSE * 2 ** (mail.attempt - 1), LONGEST_PAUSE)
    _settle(mail, MailState.WAITING, answer=answer, not_before=timezone.now() + pause)


def _settle(mail: OutboxMail, state: str, *, answer: str | None = None, **fields: Any) -> bool:
    """Note a new state, if this worker still holds the row; False when it was taken away.

    A worker that was slow, not dead, finds its row `unsure`: its knowledge settles the matter.
    """
    held = OutboxMail.objects.filter(
        pk=mail.pk, claimed_by=mail.claimed_by, state__in=(mail.state, MailState.UNSURE)
    )
    if answer is not None:
        fields["server_answer"] = answer
    if not held.update(state=state, modified_at=timezone.now(), **fields):
        logger.warning("Mail %s was taken from %s meanwhile", mail.pk, mail.claimed_by)
        return False
    mail.state = state
    return True


def _lease() -> Any:
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)


def _close(connection: Any) -> None:
    """Say goodbye. What was accepted is noted already, so a rude server changes nothing."""
    try:
        connection.close()
    except OSError as error:
        logger.info("Closing the connection to the mail server: %s", error)


def sweep_mail(**kwargs: Any) -> None:
    """Beat's round: settle what dead workers held, and wake a worker when mail waits."""
    expired = OutboxMail.objects.filter(lease_until__lt=timezone.now())
    unsure = expired.filter(state=MailState.DELIVERING).update(
        state=MailState.UNSURE, server_answer="the worker died while handing it over"
    )
    if unsure:
        logger.warning("%s mails are unsure: their worker died while handing them over", unsure)
    claimed = expired.filter(state=MailState.CLAIMED)
    claimed.filter(attempt__gte=MOST_ATTEMPTS).update(
        state=MailState.FAILED, server_answer="its workers died, time after time"
    )
    claimed.update(state=MailState.WAITING, claimed_by="", lease_until=None)
    if waiting_mails().exists():
        look(DELIVER_TASK)


def resend_unsure(mail: OutboxMail, *, actor: Any) -> OutboxMail:
    """Send a mail again of which nobody knows whether it arrived, on somebody's word.

    It keeps its Message-ID, so that a mail server or reader can recognise a second copy.
    """
    with transaction.atomic():
        taken = OutboxMail.objects.filter(pk=mail.pk, state=MailState.UNSURE).update(
            state=MailState.WAITING, claimed_by="", lease_until=None, not_before=None, attempt=0
        )
        if not taken:
            raise NotNow(_("This mail is not in doubt any more; nothing was sent again."))
        mail.refresh_from_db()
        log_activity(mail, "resent", actor=actor, reference=mail.reference)
        look_on_commit(DELIVER_TASK)
    return mail
