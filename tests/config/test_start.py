"""What an installation is told when it can't start, and what it does with a proxy in front."""

import pytest
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.http import HttpResponse

from config import gunicorn
from config.proxies import ClientAddress
from config.settings.strength import NEEDED, check_environment, weakness

GOOD = "kD8fW2qLz0RmN5vXc7TbY3hJ9sGpA1uE-6oIiQxZtBnMlKjHgFdSaPyRwCvU4e_"


@pytest.fixture
def environment(monkeypatch):
    """An environment in which production starts; `environment(NAME=value)` changes it."""
    for name in NEEDED:
        monkeypatch.setenv(name, GOOD)
    for name in ("BENCHLEARN_BOUNCE_SERVICE", "BENCHLEARN_METRICS_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    def change(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return change


def refusal():
    with pytest.raises(ImproperlyConfigured) as refused:
        check_environment()
    text = str(refused.value)
    assert "\n" not in text
    return text


def test_with_everything_there_it_starts(environment):
    check_environment()


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_missing_is_named_with_why_it_is_needed(environment, name):
    environment(**{name: ""})
    assert refusal().startswith(f"{name} is missing; {NEEDED[name]}")


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("short", "has 5 characters"),
        ("ab" * 40, "has 2 different characters"),
        (f"django-insecure-{GOOD}", "holds a word from an example"),
        (f"ChangeMe{GOOD}", "holds a word from an example"),
    ],
)
def test_a_weak_secret_is_refused_and_not_repeated(environment, value, fault):
    environment(BENCHLEARN_SECRET_KEY=value)
    text = refusal()
    assert text.startswith("BENCHLEARN_SECRET_KEY is weak") and fault in text
    assert "secrets.token_urlsafe" in text
    assert value not in text


def test_optional_secrets_must_be_strong_too_when_they_are_given(environment):
    environment(BENCHLEARN_METRICS_TOKEN="abc")
    assert refusal().startswith("BENCHLEARN_METRICS_TOKEN is weak")
    environment(BENCHLEARN_METRICS_TOKEN="", BENCHLEARN_BOUNCE_SERVICE="mailgun")
    assert refusal().startswith("BENCHLEARN_BOUNCE_SECRET is missing")


def test_a_random_secret_is_strong():
    assert weakness(GOOD, 50) == ""


def address_seen(settings, proxies, forwarded):
    settings.PROXIES = proxies
    request = type("Request", (), {"META": {"REMOTE_ADDR": "10.0.0.2"}})()
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    ClientAddress(lambda _request: HttpResponse())(request)
    return request.META["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "1.2.3.4, 198.51.100.7", "198.51.100.7"),  # the first one is what somebody wrote
        (2, "1.2.3.4, 198.51.100.7, 10.1.1.1", "198.51.100.7"),
        (2, "198.51.100.7", "10.0.0.2"),
        (1, "", "10.0.0.2"),
    ],
)
def test_the_visitor_is_who_our_own_proxy_saw(settings, proxies, forwarded, seen):
    assert address_seen(settings, proxies, forwarded) == seen


def test_without_a_proxy_nobody_can_say_who_they_are(settings):
    settings.PROXIES = 0
    with pytest.raises(MiddlewareNotUsed):
        ClientAddress(lambda _request: HttpResponse())


def test_gunicorn_ends_with_one_sentence_when_the_settings_will_not_do(monkeypatch):
    class Refusing:
        def __getattr__(self, name):
            raise ImproperlyConfigured("BENCHLEARN_SECRET_KEY is missing; it signs things.")

    monkeypatch.setattr("django.conf.settings", Refusing())
    with pytest.raises(SystemExit) as ended:
        gunicorn.on_starting(None)
    assert str(ended.value) == (
        "Benchlearn doesn't start. BENCHLEARN_SECRET_KEY is missing; it signs things."
    )
