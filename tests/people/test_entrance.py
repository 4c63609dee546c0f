"""A session that nobody uses ends; pages stay nowhere; who comes, goes and is refused is logged."""

import logging

import pytest
from django.urls import reverse
from django.utils import timezone

from people.entrance import SEEN
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def wil(client):
    user = make.UserFactory(name="Wil Jansen", email="wil@example.org")
    client.force_login(user)
    return user


def idle_for(client, minutes):
    session = client.session
    session[SEEN] = int(timezone.now().timestamp()) - minutes * 60
    session.save()


def test_a_session_in_which_nothing_was_done_is_over(client, wil, settings):
    idle_for(client, settings.SESSION_IDLE_MINUTES - 1)
    assert client.get(reverse("account")).status_code == 200
    assert client.session[SEEN] > timezone.now().timestamp() - 10
    idle_for(client, settings.SESSION_IDLE_MINUTES + 1)
    assert reverse("account_login") in client.get(reverse("account")).url
    assert SEEN not in client.session


def test_another_page_soon_after_writes_nothing(client, wil):
    before = client.session[SEEN]
    client.get(reverse("account"))
    assert client.session[SEEN] == before


def test_pages_of_who_is_signed_in_are_kept_by_no_browser(client, wil):
    for name in ("now", "account", "programme_list"):
        assert client.get(reverse(name))["Cache-Control"] == "no-store, private"
    client.logout()
    assert "Cache-Control" not in client.get(reverse("privacy"))


def test_the_log_tells_who_came_went_and_was_refused_by_number_alone(client, caplog):
    wil = make.UserFactory(name="Wil Jansen", email="wil@example.org")
    url = reverse("account_login")
    with caplog.at_level(logging.INFO, logger="people"):
        client.post(url, {"login": wil.email, "password": "wrong"})
        client.post(url, {"login": wil.email, "password": make.PASSWORD})
        client.get(reverse("programme", args=["somebody-elses"]))
        client.post(reverse("account_logout"))
    told = [record.getMessage() for record in caplog.records if record.name.startswith("people")]
    assert told == [
        "A sign-in was refused.",
        f"Account {wil.pk} signed in.",
        f"Account {wil.pk} was refused at programme (404).",
        f"Account {wil.pk} signed out.",
    ]
