"""The mailbox of the demonstration machine: mails as files, read back. Never in production."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from django.utils import timezone

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as a person reads it."""

    name: str
    at: datetime
    sender: str
    to: str
    subject: str
    body: str
    attachments: tuple[str, ...]


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain",))
    return str(part.get_content()) if part is not None else ""


def _read(file: Path) -> Mail:
    with file.open("rb") as raw:
        parsed = email.message_from_binary_file(raw, policy=email.policy.default)
    message: EmailMessage = parsed
    moment = datetime.fromtimestamp(file.stat().st_mtime, tz=timezone.get_current_timezone())
    names = tuple(part.get_filename() or "?" for part in message.iter_attachments())
    return Mail(
        name=file.stem,
        at=moment,
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        body=_body(message),
        attachments=names,
    )


def read_mails(folder: Path) -> list[Mail]:
    """The latest mails in the folder, newest first."""
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_read(file) for file in files[:SHOWN]]


def read_mail(folder: Path, name: str) -> Mail | None:
    """The mail of this name. Only files that are in the folder are looked at."""
    file = next((file for file in folder.glob("*.eml") if file.stem == name), None)
    return _read(file) if file else None
