"""What production asks for before it starts, and what it sets."""

import importlib
import secrets
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

GIVEN = {
    "BENCHLEARN_SECRET_KEY": secrets.token_urlsafe(60),
    "BENCHLEARN_DATABASE_URL": "sqlite:///:memory:",
    "BENCHLEARN_BROKER_URL": "redis://127.0.0.1:6379/0",
    "BENCHLEARN_BASE_URL": "https://benchlearn.example.org",
}


@pytest.fixture
def start(monkeypatch):
    def run(**changed):
        for name, value in {**GIVEN, **changed}.items():
            monkeypatch.setenv(name, value)
        for name in ("production", "base", "entrance"):
            monkeypatch.delitem(sys.modules, f"config.settings.{name}", raising=False)
        return importlib.import_module("config.settings.production")

    yield run
    sys.modules.pop("config.settings.production", None)


@pytest.mark.parametrize("secret", ["", "short", "a" * 80])
def test_a_missing_or_weak_secret_stops_the_start(start, secret):
    with pytest.raises(ImproperlyConfigured):
        start(BENCHLEARN_SECRET_KEY=secret)


def test_cookies_are_bound_to_the_host_and_to_tls_and_a_factor_is_asked_for(start):
    made = start()
    for kind in ("SESSION", "CSRF", "LANGUAGE"):
        assert getattr(made, f"{kind}_COOKIE_NAME").startswith("__Host-")
        assert getattr(made, f"{kind}_COOKIE_SECURE")
    assert made.SECOND_FACTOR_REQUIRED and made.CONFIRM_AGAIN and not made.DEBUG
    assert not made.SIGN_ON_ON_LOOPBACK and not made.SHOW_COMPONENTS


POSTGRES = "postgres://benchlearn@postgres:5432/benchlearn"


@pytest.mark.parametrize(
    ("prepared", "options", "whole"), [("1", {"prepare_threshold": 0}, False), ("0", {}, True)]
)
def test_behind_a_pooler_nothing_is_left_at_a_connection_for_the_next_transaction(
    start, prepared, options, whole
):
    made = start(BENCHLEARN_DATABASE_URL=POSTGRES, BENCHLEARN_PREPARED_STATEMENTS=prepared)
    database = made.DATABASES["default"]
    assert database.get("OPTIONS", {}) == options
    assert database.get("DISABLE_SERVER_SIDE_CURSORS", False) is whole
