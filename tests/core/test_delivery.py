"""Each mail of the outbox goes out once; what became of it can be read from its row."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import transaction
from django.utils import timezone

from core import delivery
from core.delivery import deliver_waiting, resend_unsure, sweep_mail
from core.exceptions import NotNow
from core.models import ActivityEntry, MailState, OutboxMail
from core.outbox import queue_mail
from tests import factories as make

pytestmark = pytest.mark.django_db


def queue(number=1, **fields):
    return queue_mail(
        to=f"person{number}@example.org",
        subject="Uitnodiging",
        body="Open https://example.org/s/secret/",
        reference="wave:1",
        dedupe_key=f"wave:1:{number}",
        **fields,
    )


class FakeConnection:
    """A mail server that does what a story needs."""

    text_underway = False

    def __init__(self, *, on_open=None, on_send=None):
        self.on_open, self.on_send, self.got, self.closed = on_open, on_send, [], 0

    def open(self):
        if self.on_open:
            raise self.on_open

    def send_messages(self, messages):
        if self.on_send:
            raise self.on_send
        self.got += messages

    def close(self):
        self.closed += 1


@pytest.fixture
def server(monkeypatch):
    """Replace the mail server: `server(on_send=...)`."""

    def replace(**behaviour):
        connection = FakeConnection(**behaviour)
        mailers = type("Mailers", (), {"default": connection})
        monkeypatch.setattr(delivery, "mailers", mailers)
        return connection

    return replace


def test_a_waiting_mail_is_sent_with_its_message_id_and_attachment():
    mail = queue(attachment=("afspraak.ics", "text/calendar", "BEGIN:VCALENDAR"))
    assert deliver_waiting("w1") == 1
    (sent,) = django_mail.outbox
    assert sent.extra_headers["Message-ID"] == mail.message_id
    assert sent.attachments[0].filename == "afspraak.ics"
    assert sent.message()["Message-ID"] == mail.message_id


def test_what_was_sent_no_longer_holds_the_personal_link():
    mail = queue(attachment=("a.ics", "text/calendar", "x"))
    deliver_waiting("w1")
    mail.refresh_from_db()
    assert (mail.state, mail.body, mail.attachment) == (MailState.SENT, "", "")
    assert mail.sent_at is not None


def test_the_same_decision_writes_one_mail():
    assert queue() is not None
    assert queue() is None
    assert OutboxMail.objects.count() == 1


def test_a_second_round_sends_nothing_again():
    queue()
    assert [deliver_waiting("w1"), deliver_waiting("w2")] == [1, 0]
    assert len(django_mail.outbox) == 1


def test_a_mail_that_waits_for_its_time_is_left_alone():
    queue(not_before=timezone.now() + timedelta(hours=1))
    assert deliver_waiting("w1") == 0


def test_when_the_server_is_away_mails_wait_and_the_attempt_does_not_count(server):
    server(on_open=ConnectionRefusedError("no"))
    first, second = queue(1), queue(2)
    deliver_waiting("w1")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempt) == (MailState.WAITING, 0)
    assert first.not_before > timezone.now()
    assert (second.state, second.not_before) == (MailState.WAITING, None)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"person1@example.org": (550, b"no such mailbox")}),
        smtplib.SMTPDataError(554, b"no such mailbox"),
        smtplib.SMTPSenderRefused(550, b"no such mailbox", "us@example.org"),
    ],
)
def test_a_refusal_for_good_is_noted_with_the_servers_answer(server, error):
    server(on_send=error)
    mail = queue()
    deliver_waiting("w1")
    mail.refresh_from_db()
    assert mail.state == MailState.REFUSED
    assert "no such mailbox" in mail.server_answer


def test_a_refusal_for_now_waits_longer_each_time_and_fails_at_last(server):
    server(on_send=smtplib.SMTPRecipientsRefused({"person1@example.org": (450, b"later")}))
    mail, pauses = queue(), []
    for attempt in range(delivery.MOST_ATTEMPTS):
        OutboxMail.objects.update(not_before=None)
        deliver_waiting(f"w{attempt}")
        mail.refresh_from_db()
        pauses.append(mail.not_before)
    assert mail.state == MailState.FAILED
    assert mail.server_answer == "450 later"
    assert pauses[1] - pauses[0] > timedelta(seconds=25)


def test_a_goodbye_of_the_server_opens_a_new_connection(server):
    connection = server(on_send=smtplib.SMTPDataError(421, b"closing"))
    queue()
    deliver_waiting("w1")
    assert connection.closed == 2


def test_a_connection_lost_while_handing_over_leaves_the_mail_unsure(server):
    connection = server(on_send=smtplib.SMTPServerDisconnected("gone"))
    connection.text_underway = True
    mail = queue()
    deliver_waiting("w1")
    mail.refresh_from_db()
    assert mail.state == MailState.UNSURE
    assert mail.body


def test_a_connection_lost_before_the_text_went_leaves_no_doubt(server):
    server(on_send=smtplib.SMTPServerDisconnected("gone"))
    mail = queue()
    deliver_waiting("w1")
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING


def test_a_mail_that_cannot_be_written_fails_and_the_next_one_goes_out():
    bad = queue(1)
    OutboxMail.objects.filter(pk=bad.pk).update(to="two\nlines@example.org")
    queue(2)
    deliver_waiting("w1")
    bad.refresh_from_db()
    assert bad.state == MailState.FAILED
    assert [sent.to for sent in django_mail.outbox] == [["person2@example.org"]]


def _dead_worker(mail, state):
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=state, claimed_by="dead", lease_until=timezone.now() - timedelta(seconds=1), attempt=1
    )


def test_a_dead_worker_that_had_only_claimed_gives_the_mail_back():
    mail = queue()
    _dead_worker(mail, MailState.CLAIMED)
    sweep_mail()
    mail.refresh_from_db()
    assert (mail.state, mail.claimed_by) == (MailState.WAITING, "")


def test_a_dead_worker_that_was_handing_over_leaves_the_mail_unsure():
    mail = queue()
    _dead_worker(mail, MailState.DELIVERING)
    sweep_mail()
    assert deliver_waiting("w2") == 0
    mail.refresh_from_db()
    assert mail.state == MailState.UNSURE


def test_a_lease_that_still_runs_is_left_alone():
    mail = queue()
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=MailState.DELIVERING, lease_until=timezone.now() + timedelta(seconds=30)
    )
    sweep_mail()
    mail.refresh_from_db()
    assert mail.state == MailState.DELIVERING


def test_a_mail_that_kills_every_worker_fails_at_last():
    mail = queue()
    _dead_worker(mail, MailState.CLAIMED)
    OutboxMail.objects.update(attempt=delivery.MOST_ATTEMPTS)
    sweep_mail()
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED


def test_a_worker_that_was_slow_and_not_dead_settles_the_doubt(server):
    server()
    mail = queue()

    class Slow(FakeConnection):
        def send_messages(self, messages):
            OutboxMail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
            sweep_mail()

    delivery.mailers.default = Slow()
    deliver_waiting("w1")
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_a_worker_whose_claim_was_given_to_another_hands_nothing_over(server):
    server()
    mail = queue()

    class Slow(FakeConnection):
        def open(self):
            OutboxMail.objects.update(claimed_by="another")

    connection = delivery.mailers.default = Slow()
    deliver_waiting("w1")
    mail.refresh_from_db()
    assert (mail.state, connection.got) == (MailState.CLAIMED, [])


def test_an_unsure_mail_is_sent_again_on_somebodys_word_under_the_same_message_id():
    mail = queue()
    _dead_worker(mail, MailState.DELIVERING)
    sweep_mail()
    coordinator = make.UserFactory()
    resend_unsure(mail, actor=coordinator)
    deliver_waiting("w2")
    assert django_mail.outbox[0].extra_headers["Message-ID"] == mail.message_id
    assert ActivityEntry.objects.get(verb="resent").actor == coordinator


def test_nobody_can_have_a_mail_sent_again_that_is_not_in_doubt():
    mail = queue()
    deliver_waiting("w1")
    with pytest.raises(NotNow):
        resend_unsure(mail, actor=None)
    assert len(django_mail.outbox) == 1


def test_deciding_on_many_mails_wakes_a_worker_once(
    monkeypatch, django_capture_on_commit_callbacks
):
    woken = []
    monkeypatch.setattr("core.wake.look", woken.append)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for number in range(3):
            queue(number)
    assert woken == [delivery.DELIVER_TASK]


def test_a_broker_that_is_away_does_not_undo_what_was_decided(
    monkeypatch, django_capture_on_commit_callbacks, caplog
):
    def away(*args, **kwargs):
        raise ConnectionRefusedError("broker")

    monkeypatch.setattr("core.wake.current_app.send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        queue()
    assert OutboxMail.objects.count() == 1
    assert "waits for beat" in caplog.text


def test_beat_wakes_a_worker_only_when_mail_waits(monkeypatch):
    woken = []
    monkeypatch.setattr("core.delivery.look", woken.append)
    sweep_mail()
    assert woken == []
    queue()
    sweep_mail()
    assert woken == [delivery.DELIVER_TASK]
