"""A mail that came back is noted at the mail, as the mail service tells it."""

import json
from base64 import b64encode

import pytest
from django.core.mail import mailers

from core.delivery import build_message, deliver_waiting
from core.models import OutboxMail
from core.outbox import queue_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    mail = queue_mail(
        to="gone@example.org",
        subject="Dag",
        body="tekst",
        reference="wave:1:invitation:1",
        dedupe_key="one",
        unsubscribe_url="https://example.org/s/x/unsubscribe/",
    )
    OutboxMail.objects.filter(pk=mail.pk).update(state="sent")
    return mail


@pytest.fixture
def service(settings):
    settings.BOUNCE_SERVICE = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "mail:secret"}


def tell(client, secret="mail:secret", **fields):
    event = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "MessageID": "not-ours",
        "Email": "gone@example.org",
        "Details": "550 no such mailbox",
        "BouncedAt": "2026-11-22T10:00:00Z",
    }
    return client.post(
        "/mail/bounces/",
        json.dumps(event | fields),
        content_type="application/json",
        headers={"Authorization": "Basic " + b64encode(secret.encode()).decode()},
    )


def test_a_bounce_is_noted_with_what_the_server_said(client, sent, service):
    assert tell(client).status_code == 200
    mail = OutboxMail.objects.get()
    assert mail.state == "bounced"
    assert "no such mailbox" in mail.server_answer


def test_who_does_not_know_the_secret_is_refused(client, sent, service):
    assert tell(client, secret="mail:wrong").status_code == 400
    assert OutboxMail.objects.get().state == "sent"


def test_a_mail_of_somebody_else_is_left_alone(client, sent, service):
    assert tell(client, Email="other@example.org").status_code == 200
    assert OutboxMail.objects.get().state == "sent"


def test_without_a_service_there_is_no_such_address(client, sent):
    assert tell(client).status_code == 404


def test_a_mail_program_is_told_how_to_stop_the_mail(sent):
    headers = build_message(sent).message()
    assert headers["List-Unsubscribe"] == "<https://example.org/s/x/unsubscribe/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_link_to_stop_is_emptied_with_the_text_once_it_is_sent(sent):
    OutboxMail.objects.update(state="waiting")
    deliver_waiting("one")
    assert mailers.default
    assert OutboxMail.objects.values_list("state", "body", "unsubscribe_url").get() == (
        "sent",
        "",
        "",
    )
