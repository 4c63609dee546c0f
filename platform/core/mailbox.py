"""A mail backend for the demonstration machine: each mail is a file that people may open."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Writes each mail to `<folder>/<Message-ID>.eml`, whole or not at all."""

    text_underway = False
    """A file that could not be written was not delivered: there is never a doubt."""

    def __init__(self, *, folder: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._write(message)
        return len(email_messages)

    def _write(self, message: EmailMessage) -> None:
        whole = message.message()
        name = re.sub(r"[^A-Za-z0-9.-]", "", str(whole["Message-ID"]).strip("<>").split("@")[0])
        unfinished = self.folder / f"{name}.part"
        unfinished.write_bytes(whole.as_bytes())
        unfinished.rename(self.folder / f"{name}.eml")
