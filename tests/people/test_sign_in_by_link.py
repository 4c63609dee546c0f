"""A link in a mail signs one person in, once, within the half hour; opening it does nothing."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Gone
from core.models import OutboxMail
from people.domain.links import MOST_AT_ONCE, ask_for_link, find_link, use_link
from people.models import SignInLink
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def wil():
    return make.UserFactory(email="wil@example.org", name="Wil", language="en")


def address_in(mail):
    return re.search(r"https?://\S+", mail.body)[0]


def token_of(mail):
    return urlsplit(address_in(mail)).path.rstrip("/").rsplit("/", 1)[-1]


def asked(user, **named):
    ask_for_link(user.email, **named)
    return OutboxMail.objects.latest("pk")


def test_the_mail_goes_to_the_person_through_the_outbox(wil, settings):
    settings.BASE_URL = "https://benchlearn.example"
    mail = asked(wil)
    assert (mail.to, mail.state) == (wil.email, "waiting")
    assert address_in(mail).startswith("https://benchlearn.example/account/link/")


def test_only_a_digest_of_the_token_is_kept(wil):
    token = token_of(asked(wil))
    assert token not in str(SignInLink.objects.values())


def test_the_address_is_found_whatever_its_capitals(wil):
    ask_for_link(" WIL@Example.org ")
    assert OutboxMail.objects.get().to == "wil@example.org"


def test_who_is_not_known_or_not_active_gets_no_mail_and_nobody_hears_of_it(client, wil):
    wil.is_active = False
    wil.save()
    pages = {}
    for email in ("stranger@example.org", wil.email):
        page = client.post(reverse("ask_for_link"), {"email": email})
        assert page.status_code == 200
        pages[email] = page.content.decode().replace(email, "")
    assert not OutboxMail.objects.exists()
    make.UserFactory(email="known@example.org")
    page = client.post(reverse("ask_for_link"), {"email": "known@example.org"})
    text = page.content.decode().replace("known@example.org", "")
    assert without_tokens(text) == without_tokens(pages["stranger@example.org"])


def without_tokens(text):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_opening_the_link_stores_nothing_and_signs_nobody_in(client, wil):
    url = reverse("sign_in_link", args=[token_of(asked(wil))])
    for _scanner in range(3):
        assert client.get(url).status_code == 200
    assert "_auth_user_id" not in client.session
    assert SignInLink.objects.get().used_at is None


def test_pressing_the_button_signs_in_and_leads_where_one_was_going(client, wil):
    url = reverse("sign_in_link", args=[token_of(asked(wil, next_path="/programmes/"))])
    answer = client.post(url)
    assert (answer.status_code, answer.url) == (302, "/programmes/")
    assert client.session["_auth_user_id"] == str(wil.pk)


def test_a_link_works_once(client, wil):
    url = reverse("sign_in_link", args=[token_of(asked(wil))])
    client.post(url)
    client.logout()
    assert client.post(url).status_code == 410
    assert client.get(url).status_code == 410
    assert "_auth_user_id" not in client.session


def test_of_two_who_press_at_once_one_gets_in(wil, monkeypatch):
    token = token_of(asked(wil))
    seen_by_both = find_link(token)
    monkeypatch.setattr("people.domain.links.find_link", lambda *args, **named: seen_by_both)
    assert use_link(token).user == wil
    with pytest.raises(Gone):
        use_link(token)


def test_a_link_runs_out(wil):
    token = token_of(asked(wil))
    later = timezone.now() + timedelta(minutes=31)
    with pytest.raises(Gone):
        use_link(token, now=later)


def test_a_guessed_link_says_what_to_do(client):
    page = client.get(reverse("sign_in_link", args=["guessed"]))
    assert page.status_code == 410


def test_a_closed_account_can_not_use_a_link_it_got_before(client, wil):
    url = reverse("sign_in_link", args=[token_of(asked(wil))])
    wil.is_active = False
    wil.save()
    assert client.post(url).status_code == 410


def test_nobody_fills_the_mailbox_of_another(wil):
    for _again in range(MOST_AT_ONCE + 3):
        ask_for_link(wil.email)
    assert OutboxMail.objects.count() == MOST_AT_ONCE


def test_asking_too_fast_is_answered_the_same_for_known_and_unknown(client, wil):
    statuses = {
        email: [
            client.post(reverse("ask_for_link"), {"email": email}).status_code for _n in range(4)
        ]
        for email in (wil.email, "stranger@example.org")
    }
    assert statuses[wil.email] == statuses["stranger@example.org"] == [200, 200, 200, 429]


def test_a_foreign_address_to_go_on_to_is_not_followed(client, wil):
    client.post(reverse("ask_for_link"), {"email": wil.email, "next": "https://evil.example/"})
    assert SignInLink.objects.get().next_path == ""


def test_a_mistyped_address_is_said_beside_the_field(client):
    page = client.post(reverse("ask_for_link"), {"email": "wil"})
    assert page.status_code == 200
    assert page.context["form"].errors["email"]


def test_the_mail_is_in_the_language_of_the_account(wil):
    english = asked(wil).subject
    assert english == "Your link to sign in to Benchlearn"
