"""The mailbox of a demonstration: mails as pages; it does not exist anywhere else."""

import os

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from core.mailbox import Backend

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.DEMO_MAILBOX = tmp_path
    return tmp_path


def deliver(folder, subject="Uitnodiging", body="Dag", to="wil@example.org", at=None, **named):
    message = EmailMessage(subject, body, "Benchlearn <noreply@x.invalid>", [to], **named)
    known = set(folder.glob("*.eml"))
    Backend(folder=str(folder)).send_messages([message])
    (file,) = set(folder.glob("*.eml")) - known
    if at:
        os.utime(file, (at, at))
    return file.stem


def test_without_a_demonstration_there_is_no_mailbox(client, settings):
    settings.DEMO_MAILBOX = None
    assert client.get(reverse("demo_mails")).status_code == 404
    assert client.get(reverse("demo_mail", args=["x"])).status_code == 404


def test_mails_stand_newest_first(client, folder):
    deliver(folder, "Eerste", at=1_000)
    deliver(folder, "Tweede", at=2_000)
    mails = client.get(reverse("demo_mails")).context["mails"]
    assert [mail.subject for mail in mails] == ["Tweede", "Eerste"]


def test_an_empty_mailbox_says_what_will_come(client, folder):
    assert b"bl-empty" in client.get(reverse("demo_mails")).content


def test_a_link_in_a_mail_can_be_followed(client, folder):
    name = deliver(folder, body="Open http://127.0.0.1:8000/s/abc/ vandaag.")
    text = client.get(reverse("demo_mail", args=[name])).content.decode()
    assert 'href="http://127.0.0.1:8000/s/abc/"' in text


def test_everything_in_a_mail_is_escaped(client, folder):
    name = deliver(folder, "<img src=x>", "<script>alert(1)</script> javascript:alert(1)")
    for url in (reverse("demo_mails"), reverse("demo_mail", args=[name])):
        text = client.get(url).content.decode()
        assert "<img src=x>" not in text
        assert "<script>alert" not in text
        assert 'href="javascript' not in text


def test_the_name_of_an_attachment_is_shown(client, folder):
    name = deliver(folder, attachments=[("afspraak.ics", "BEGIN:VCALENDAR", "text/calendar")])
    assert b"afspraak.ics" in client.get(reverse("demo_mail", args=[name])).content


@pytest.mark.parametrize("name", ["nope", "..", "..%2Fsecret_key"])
def test_only_mails_in_the_folder_are_read(client, folder, name):
    (folder.parent / "secret_key").write_text("secret")
    assert client.get(f"/demo/mail/{name}/").status_code == 404
