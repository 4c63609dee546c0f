"""No line of the log holds an address, a link, a key or an answer, whatever goes wrong."""

import io
import json
import logging
import smtplib

import pytest
from celery import shared_task
from django.urls import reverse

from core import delivery
from core.logs import Discreet, Json, without_people
from core.outbox import queue_mail
from tests import factories as make
from tests.surveys.stories import opened_wave, tokens_of

ANSWER = "Onze wethouder luistert nooit"
ADDRESS = "anna.de.vries@example.org"


@pytest.fixture(params=[Discreet, Json], ids=["plain", "json"])
def log(request):
    """Everything that is written down during a story, as production writes it."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # Django's and Celery's own loggers, as the settings have them: everything goes to the root.
    yield lambda: stream.getvalue()
    root.removeHandler(handler)
    root.setLevel(before)


def assert_nobody_in(text, *secrets):
    for secret in (ANSWER, ADDRESS, "anna.de.vries", *secrets):
        assert secret not in text


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (f"550 <{ADDRESS}>: no such mailbox", "550 <[address]>: no such mailbox"),
        ("Not Found: /s/k3_Zq-9f/2/", "Not Found: /s/[link]/2/"),
        ("Not Found: /sign-in/abcdefghij0123456789-_/", "Not Found: /sign-in/[key]/"),
        ("GET /now/?mail=a&b=c failed", "GET /now/?[query] failed"),
        ("from 198.51.100.7 and 127.0.0.1", "from [ip] and 127.0.0.1"),
        ("from 2001:db8::8a2e:370:7334", "from [ip]"),
        ("Task surveys.tasks.seal_waves succeeded in 0.2s", None),
    ],
)
def test_what_is_taken_out_of_a_line(line, left):
    assert without_people(line) == (line if left is None else left)


@pytest.mark.django_db
def test_an_answer_a_wrong_sign_in_and_a_failing_mail(log, client, monkeypatch):
    [token] = tokens_of(opened_wave())
    client.post(f"/s/{token}/1/", {"remark-learning": ANSWER, "nonsense": ANSWER})
    client.get(f"/s/{token}/99/")
    client.get(f"/s/{token[:-1]}x/")
    user = make.UserFactory(email=ADDRESS)
    client.post(reverse("account_login"), {"login": user.email, "password": ANSWER})
    client.get(f"/nowhere/{ADDRESS}/?who={ADDRESS}")
    queue_mail(to=ADDRESS, subject=ANSWER, body=token, reference="wave:1", dedupe_key="1")

    class Server:
        text_underway = True

        def open(self):
            return None

        def send_messages(self, messages):
            raise smtplib.SMTPServerDisconnected(f"{ADDRESS} {token}")

        def close(self):
            raise OSError(f"{ADDRESS} is gone")

    monkeypatch.setattr(delivery, "mailers", type("Mailers", (), {"default": Server()}))
    delivery.deliver_waiting("worker")
    told = log()
    assert "Unsure whether mail" in told and "Not Found" in told
    assert_nobody_in(told, token, token[:-1])


@pytest.mark.django_db
def test_a_page_that_fails_says_where_and_not_with_what(log, client, monkeypatch):
    def fail(request):
        try:
            int(ANSWER)
        except ValueError as error:
            raise RuntimeError(f"{ADDRESS} wrote {ANSWER}") from error

    monkeypatch.setattr("website.views.health._has_tables", lambda: fail(None))
    client.raise_request_exception = False
    assert client.get(reverse("health_ready")).status_code == 500
    told = log()
    assert "RuntimeError" in told and "ValueError" in told and "test_logs.py" in told
    assert_nobody_in(told)


@shared_task(name="tests.core.test_logs.failing")
def failing():
    raise RuntimeError(f"{ADDRESS} wrote {ANSWER}")


def test_a_task_that_fails_says_where_and_not_with_what(log):
    logging.getLogger("celery.app.trace").setLevel(logging.WARNING)
    failing.apply()
    told = log()
    assert "tests.core.test_logs.failing" in told and "RuntimeError" in told
    assert_nobody_in(told)


def test_a_line_of_json_has_the_same_fields_each_time():
    record = logging.makeLogRecord({"msg": "Hello %s", "args": (ADDRESS,), "name": "core"})
    told = json.loads(Json().format(record))
    assert told.keys() == {"at", "level", "logger", "text", "process"}
    assert told["text"] == "Hello [address]"
