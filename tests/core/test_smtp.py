"""Against a real mail server on this machine: what it refuses, and where it hangs up."""

import socket

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings

from core.delivery import deliver_waiting
from core.models import MailState
from core.outbox import queue_mail

pytestmark = pytest.mark.django_db


class Server:
    """A mail server that answers as a story needs and keeps what it accepted."""

    def __init__(self):
        self.accepted, self.on_rcpt, self.hang_up_at = [], None, None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.hang_up_at == "RCPT":
            server.transport.abort()
        if self.on_rcpt:
            return self.on_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.accepted.append(envelope.content)
        if self.hang_up_at == "DATA":
            server.transport.abort()
        return "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server():
    handler = Server()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    mailers = {"default": {"BACKEND": "core.smtp.Backend", "OPTIONS": options}}
    with override_settings(MAILERS=mailers):
        yield handler
    controller.stop()


def deliver(number=1):
    mail = queue_mail(
        to=f"jan{number}@example.org",
        subject="Vragenlijst één",
        body="Dag",
        reference="r",
        dedupe_key=str(number),
    )
    deliver_waiting("w")
    mail.refresh_from_db()
    return mail


def test_the_server_gets_the_mail_under_its_own_message_id(server):
    mail = deliver()
    assert mail.state == MailState.SENT
    assert mail.message_id.encode() in server.accepted[0]


def test_a_mailbox_that_does_not_exist_is_refused_and_the_next_mail_goes_out(server):
    server.on_rcpt = "550 5.1.1 unknown here"
    assert deliver(1).server_answer == "550 5.1.1 unknown here"
    server.on_rcpt = None
    assert deliver(2).state == MailState.SENT


def test_a_server_that_hangs_up_at_the_recipient_has_nothing(server):
    server.hang_up_at = "RCPT"
    assert deliver().state == MailState.WAITING
    assert server.accepted == []


def test_a_server_that_hangs_up_at_the_text_leaves_us_unsure(server):
    server.hang_up_at = "DATA"
    assert deliver().state == MailState.UNSURE


def test_a_server_that_is_not_there_leaves_the_mail_waiting():
    options = {"host": "127.0.0.1", "port": 9, "timeout": 2}
    mailers = {"default": {"BACKEND": "core.smtp.Backend", "OPTIONS": options}}
    with override_settings(MAILERS=mailers):
        assert deliver().state == MailState.WAITING
