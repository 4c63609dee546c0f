"""Forgetting, choosing and changing a password."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from core.models import OutboxMail
from tests import factories as make

pytestmark = pytest.mark.django_db
NEW = "a different quiet evening"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def wil():
    return make.UserFactory(email="wil@example.org", language="en")


def forget(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def link_in_mail():
    return urlsplit(re.search(r"https?://\S+", OutboxMail.objects.get().body)[0])


def test_the_mail_goes_through_the_outbox_and_nowhere_else(client, wil):
    assert forget(client, wil.email).status_code == 302
    queued = OutboxMail.objects.get()
    assert (queued.to, queued.subject) == (wil.email, "Choose a new password for Benchlearn")
    assert mail.outbox == []


def test_the_link_is_the_installation_s_own_whatever_host_was_asked(client, wil, settings):
    settings.BASE_URL = "https://benchlearn.example"
    client.post(reverse("account_reset_password"), {"email": wil.email}, HTTP_HOST="evil.example")
    assert link_in_mail().netloc == "benchlearn.example"


def test_who_is_not_known_sees_the_same_and_gets_nothing(client, wil):
    known, unknown = forget(client, wil.email), forget(client, "stranger@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert OutboxMail.objects.count() == 1


def test_the_link_lets_one_choose_a_new_password_once(client, wil):
    forget(client, wil.email)
    path = link_in_mail().path
    form = client.get(path, follow=True)
    action = form.redirect_chain[-1][0]
    assert client.post(action, {"password1": NEW, "password2": NEW}).status_code == 302
    wil.refresh_from_db()
    assert wil.check_password(NEW)
    assert client.get(path, follow=True).context["token_fail"]


def test_a_guessed_link_says_so(client):
    page = client.get(reverse("account_reset_password_from_key", args=["1", "guessed"]))
    assert page.context["token_fail"]


def test_changing_one_s_password_asks_for_the_old_one(client, wil):
    client.force_login(wil)
    url = reverse("account_change_password")
    wrong = client.post(url, {"oldpassword": "no", "password1": NEW, "password2": NEW})
    assert wrong.context["form"].errors["oldpassword"]
    right = {"oldpassword": make.PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(url, right).url == reverse("account")


def test_who_has_no_password_may_set_one(client, wil):
    wil.set_unusable_password()
    wil.save()
    client.force_login(wil)
    url = reverse("account_set_password")
    assert client.post(url, {"password1": NEW, "password2": NEW}).status_code == 302
    wil.refresh_from_db()
    assert wil.check_password(NEW)
