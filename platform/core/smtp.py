"""Django's SMTP backend, which also tells how far a broken connection had come."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class _Telling:
    """Mixed into smtplib's classes: remembers whether the message itself was on its way."""

    text_underway = False

    def data(self, msg: Any) -> Any:
        self.text_underway = True
        answer = super().data(msg)  # type: ignore[misc]
        self.text_underway = False
        return answer


class _TellingSMTP(_Telling, smtplib.SMTP):
    pass


class _TellingSMTPOverTLS(_Telling, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """The SMTP backend of Benchlearn's MAILERS."""

    @property
    def connection_class(self) -> type:
        return _TellingSMTPOverTLS if self.use_ssl else _TellingSMTP

    @property
    def text_underway(self) -> bool:
        """True when a message was handed over and the server's answer to it never came."""
        return isinstance(self.connection, _Telling) and self.connection.text_underway
