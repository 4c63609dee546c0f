"""What would leave for a Sentry: the kind of a fault and its place, and nobody's words."""

import json
import logging

import pytest
import sentry_sdk
from sentry_sdk.transport import Transport

from config import sentry

ANSWER, ADDRESS = "Onze wethouder luistert nooit", "anna@example.org"


class Kept(Transport):
    """Sends nothing, and keeps what would have been sent."""

    sent: list = []

    def capture_envelope(self, envelope):
        self.sent += [item.get_event() for item in envelope.items if item.get_event()]


@pytest.fixture
def reports():
    Kept.sent = []
    sentry.start("https://key@sentry.example.org/1", transport=Kept)
    yield Kept.sent
    sentry_sdk.init()


def test_of_an_error_only_its_kind_and_place_leave(reports):
    sentry_sdk.set_user({"email": ADDRESS, "ip_address": "198.51.100.7"})
    sentry_sdk.add_breadcrumb(message=ANSWER)
    said = ANSWER
    try:
        raise ValueError(f"{ADDRESS} wrote {said}")
    except ValueError as error:
        sentry_sdk.capture_exception(error)
    logging.getLogger("core").error("Mail to %s failed", ADDRESS)
    sentry_sdk.flush()
    first, second = reports
    assert first["exception"]["values"][0]["type"] == "ValueError"
    frames = first["exception"]["values"][0]["stacktrace"]["frames"]
    assert frames[-1]["function"].startswith("test_of_an_error")
    assert second["message"] == "Mail to %s failed"
    text = json.dumps(reports, default=str)
    for never in (ANSWER, ADDRESS, "198.51.100.7", "breadcrumbs", "vars", "server_name"):
        assert never not in text


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sentry_sdk", None)
    with pytest.raises(RuntimeError, match=r"extra\.lock"):
        sentry.start("https://key@sentry.example.org/1")
