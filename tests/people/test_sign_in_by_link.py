"""A link in a mail signs one person in, once, within the half hour; opening it does nothing."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Gone
from core.models import OutboxMail
from people.domain.links import (
    MOST_AT_ONCE,
    MOST_TRIES,
    ask_for_link,
    code_of,
    find_link,
    use_link,
)
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
    """What differs from one page to the next, whoever asks."""
    text = re.sub(r"\d{3} \d{3}", "", text)
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


class TestOneBrowser:
    """A link belongs to the browser in which it was asked for; another one needs its code."""

    @pytest.fixture
    def here(self, client, wil):
        """The page after asking, in the browser where it was asked."""
        return client.post(reverse("ask_for_link"), {"email": wil.email}).text

    @pytest.fixture
    def code(self, here):
        return "".join(re.search(r"bl-code\">(\d{3}) (\d{3})<", here).groups())

    @pytest.fixture
    def url(self, here):
        return reverse("sign_in_link", args=[token_of(OutboxMail.objects.latest("pk"))])

    def test_where_it_was_asked_one_button_is_enough(self, client, url, wil):
        assert 'name="code"' not in client.get(url).text
        assert client.post(url).status_code == 302
        assert client.session["_auth_user_id"] == str(wil.pk)

    def test_elsewhere_the_button_signs_nobody_in(self, url):
        elsewhere = Client()
        assert 'name="code"' in elsewhere.get(url).text
        assert elsewhere.post(url).status_code == 200
        assert elsewhere.post(url, {"code": ""}).status_code == 200
        assert "_auth_user_id" not in elsewhere.session
        assert SignInLink.objects.get().used_at is None

    def test_elsewhere_the_code_of_the_first_browser_signs_in_spaces_or_not(self, url, code, wil):
        phone = Client()
        answer = phone.post(url, {"code": f" {code[:3]} {code[3:]}"})
        assert answer.status_code == 302
        assert phone.session["_auth_user_id"] == str(wil.pk)
        assert Client().post(url, {"code": code}).status_code == 410

    def test_five_wrong_codes_and_the_link_is_gone_for_everybody(self, client, url, code):
        elsewhere = Client()
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        for _try in range(MOST_TRIES):
            page = elsewhere.post(url, {"code": wrong})
            assert page.status_code == 200 and page.context["form"].errors["code"]
        assert elsewhere.post(url, {"code": code}).status_code == 410
        assert client.post(url).status_code == 410

    def test_the_code_of_another_browser_opens_nothing(self, url, code):
        other = Client()
        other.post(reverse("ask_for_link"), {"email": "stranger@example.org"})
        theirs = code_of(other.session["link_mark"])
        assert theirs != code
        assert other.post(url, {"code": theirs}).status_code == 200

    def test_the_page_to_ask_shows_the_code_again_and_asking_again_keeps_it(self, client, code):
        shown = f"{code[:3]} {code[3:]}"
        assert shown in client.get(reverse("ask_for_link")).text
        again = client.post(reverse("ask_for_link"), {"email": "wil@example.org"})
        assert shown in again.text
        assert shown not in Client().get(reverse("ask_for_link")).text

    def test_neither_mark_nor_code_is_in_the_database_or_the_mail(self, client, url, code):
        kept = str(list(SignInLink.objects.values()))
        assert client.session["link_mark"] not in kept and code not in kept
        assert code not in OutboxMail.objects.latest("pk").body

    def test_who_has_no_account_is_shown_a_code_as_well(self, client):
        page = client.post(reverse("ask_for_link"), {"email": "stranger@example.org"})
        assert re.search(r"bl-code\">\d{3} \d{3}<", page.text)


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
