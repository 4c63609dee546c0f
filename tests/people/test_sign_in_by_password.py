"""A wrong password too often locks one name from one address, and not the town hall."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db
TOWN_HALL = "192.0.2.10"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def wil():
    return make.UserFactory(email="wil@example.org")


def sign_in(client, email, password, address=TOWN_HALL):
    data = {"login": email, "password": password}
    return client.post(reverse("account_login"), data, REMOTE_ADDR=address)


def fail(client, email, times, address=TOWN_HALL):
    return [sign_in(client, email, "wrong", address).status_code for _n in range(times)]


def test_the_right_password_leads_to_now(client, wil):
    answer = sign_in(client, wil.email, make.PASSWORD)
    assert (answer.status_code, answer.url) == (302, reverse("now"))


def test_the_address_may_be_typed_in_capitals(client, wil):
    assert sign_in(client, "WIL@Example.ORG", make.PASSWORD).status_code == 302


def test_the_fifth_wrong_password_locks_and_says_when_to_try_again(client, wil):
    assert fail(client, wil.email, 5) == [200, 200, 200, 200, 429]
    page = sign_in(client, wil.email, make.PASSWORD)
    assert page.status_code == 429
    assert "account/locked.html" in [template.name for template in page.templates]
    assert page.context["until"] is not None
    assert "_auth_user_id" not in client.session


def test_capitals_are_no_second_chance(client, wil):
    fail(client, wil.email, 4)
    assert fail(client, wil.email.upper(), 1) == [429]


def test_a_colleague_at_the_same_address_still_gets_in(client, wil):
    colleague = make.UserFactory(email="colleague@example.org")
    fail(client, wil.email, 5)
    assert sign_in(client, colleague.email, make.PASSWORD).status_code == 302


def test_the_same_person_still_gets_in_from_elsewhere(client, wil):
    fail(client, wil.email, 5)
    assert sign_in(client, wil.email, make.PASSWORD, "192.0.2.99").status_code == 302


def test_an_unknown_name_is_locked_like_a_known_one(client, wil):
    assert fail(client, "stranger@example.org", 5) == fail(client, wil.email, 5)


def test_signing_out_needs_a_post(client, wil):
    client.force_login(wil)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_get_in(client, wil):
    wil.is_active = False
    wil.save()
    sign_in(client, wil.email, make.PASSWORD)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["signup/", "email/", "login/code/", "confirm-email/"])
def test_what_makes_no_sense_here_is_not_there(client, path):
    assert client.get(f"/account/{path}").status_code == 404
