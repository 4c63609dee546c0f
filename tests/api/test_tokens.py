"""Tokens: made by whom they are of, shown once, for some purposes, until a day."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from core.exceptions import InvalidInput
from core.models import OutboxMail
from people.domain.tokens import MOST_AT_ONCE, make_token, withdraw_token
from people.models import AccessToken
from tests import factories as make
from tests.api.asking import ask, token_for

pytestmark = pytest.mark.django_db
FILLED = {"name": "Yearly report", "scopes": ["figures:read"], "days": "30"}


@pytest.fixture
def wil(client):
    user = make.UserFactory(name="Wil", language="en")
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return user


def made_on_page(client, **filled):
    page = client.post(reverse("tokens"), FILLED | {"password": make.PASSWORD} | filled)
    return page, page.context["made"]


def test_a_token_is_shown_once_and_only_its_digest_is_kept(client, wil):
    page, (row, token) = made_on_page(client)
    assert token in page.content.decode()
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert ask(token, "me/").json()["person"] == "Wil"
    again = client.get(reverse("tokens")).content.decode()
    assert token not in again and f"…{token[-4:]}" in again
    assert token not in str(list(AccessToken.objects.values()))
    assert row.expires_on == timezone.localdate() + dt.timedelta(days=30)


def test_its_person_gets_a_mail_without_the_token(client, wil):
    _page, (_row, token) = made_on_page(client)
    mail = OutboxMail.objects.get(to=wil.email)
    assert "Yearly report" in mail.body and token not in mail.body


@pytest.mark.parametrize(
    "wrong",
    [{"password": "guessed"}, {"password": ""}, {"days": "9999"}, {"scopes": ["all:write"]}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_is_not_right_makes_no_token(client, wil, wrong):
    page, made = made_on_page(client, **wrong)
    assert page.status_code == 422 and made is None and page.context["form"].errors
    assert not AccessToken.objects.exists()


def test_who_has_no_password_must_have_signed_in_a_moment_ago(client, wil):
    wil.set_unusable_password()
    wil.save()
    client.force_login(wil, "allauth.account.auth_backends.AuthenticationBackend")
    _page, made = made_on_page(client)
    assert made is not None
    wil.last_login = timezone.now() - dt.timedelta(minutes=16)
    wil.save()
    _page, made = made_on_page(client)
    assert made is None


def test_wrong_passwords_lock_as_when_signing_in(client, wil):
    answers = [made_on_page(client, password="guessed")[0].status_code for _ in range(4)]
    assert answers == [422] * 4
    locked = client.post(reverse("tokens"), FILLED | {"password": "guessed"})
    assert locked.status_code == 429
    assert client.post(reverse("tokens"), FILLED | {"password": make.PASSWORD}).status_code == 429


def test_nobody_makes_one_for_longer_than_a_year_or_for_nothing():
    user, today = make.UserFactory(), timezone.localdate()
    for scopes, days in ((["figures:read"], 366), (["figures:read"], -1), ([], 30), (["x"], 30)):
        with pytest.raises(InvalidInput):
            last_day = today + dt.timedelta(days=days)
            make_token(user, name="R", scopes=scopes, expires_on=last_day)
    assert not AccessToken.objects.exists()


def test_one_person_has_so_many_at_a_time():
    user = make.UserFactory()
    for _ in range(MOST_AT_ONCE):
        token_for(user)
    with pytest.raises(InvalidInput):
        token_for(user)
    withdraw_token(user.access_tokens.first(), by=user)
    assert token_for(user)


def test_a_token_is_withdrawn_by_its_own_person_alone(client, wil):
    token = token_for(make.UserFactory())
    other = AccessToken.objects.get()
    assert client.post(reverse("token_withdraw", args=[other.pk])).status_code == 404
    mine = token_for(wil)
    row = AccessToken.objects.get(user=wil)
    assert client.post(reverse("token_withdraw", args=[row.pk])).status_code == 302
    assert [ask(each, "me/").status_code for each in (token, mine)] == [200, 401]


class TestWhatItOpens:
    def test_nothing_without_its_scope(self):
        answer = ask(token_for(make.UserFactory(), "runs:read"), "figures/")
        assert answer.status_code == 403 and "figures:read" in answer.json()["detail"]

    def test_nothing_after_its_last_day(self):
        token = token_for(make.UserFactory())
        today = timezone.localdate()
        AccessToken.objects.update(expires_on=today)
        assert ask(token, "me/").status_code == 200
        AccessToken.objects.update(expires_on=today - dt.timedelta(days=1))
        assert ask(token, "me/").status_code == 401

    def test_nothing_once_the_account_is_closed(self):
        user = make.UserFactory()
        token = token_for(user)
        user.is_active = False
        user.save()
        assert ask(token, "me/").status_code == 401

    def test_nothing_of_a_benchmark_once_the_role_has_ended(self):
        appointed = make.AppointmentFactory()
        token = token_for(appointed.user)
        assert len(ask(token, "programmes/").json()["items"]) == 1
        appointed.delete()
        assert ask(token, "programmes/").json()["items"] == []

    def test_that_it_was_used_is_kept_to_the_day(self, django_assert_num_queries):
        token = token_for(make.UserFactory())
        with django_assert_num_queries(2):
            ask(token, "me/")
        assert AccessToken.objects.get().last_used_on == timezone.localdate()
        with django_assert_num_queries(1):
            ask(token, "me/")

    def test_asking_too_often_is_refused_for_that_token_alone(self, settings):
        settings.API_REQUESTS_A_MINUTE = 2
        eager, other = (token_for(make.UserFactory()) for _ in range(2))
        answers = [ask(eager, "me/") for _ in range(3)]
        assert [each.status_code for each in answers] == [200, 200, 429]
        assert answers[2]["Retry-After"] == "60"
        assert ask(other, "me/").status_code == 200


class TestHowItIsSent:
    """Only in the header: no cookie, no session, nothing in an address."""

    def test_a_session_opens_nothing(self, client, wil):
        answer = client.get("/api/v1/me/")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")

    def test_a_session_lends_a_token_nothing(self, client, wil):
        make.AppointmentFactory(user=wil)
        headers = {"Authorization": f"Bearer {token_for(make.UserFactory())}"}
        assert client.get("/api/v1/programmes/", headers=headers).json()["items"] == []

    def test_a_token_in_the_address_or_in_a_cookie_opens_nothing(self, client):
        token = quote(token_for(make.UserFactory()))
        client.cookies["token"] = token
        for name in ("token", "access_token", "api_key"):
            assert client.get(f"/api/v1/me/?{name}={token}").status_code == 401

    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic {}", "{}", "Bearer {} x"])
    def test_another_header_opens_nothing(self, client, header):
        token = token_for(make.UserFactory())
        sent = {"Authorization": header.format(token)}
        assert client.get("/api/v1/me/", headers=sent).status_code == 401

    def test_it_only_reads(self, client):
        headers = {"Authorization": f"Bearer {token_for(make.UserFactory())}"}
        headers |= {"Accept-Language": "en"}
        for method in (client.post, client.put, client.patch, client.delete):
            answer = method("/api/v1/programmes/", headers=headers)
            assert (answer.status_code, answer["Allow"]) == (405, "GET")
            assert answer["Content-Type"] == "application/problem+json"
            assert answer.json()["detail"] == "The API only reads: ask with GET."
        assert client.post("/api/v1/openapi.json").json()["status"] == 405
