"""A second factor: asked of who reaches far, after days of grace, and never of respondents."""

import datetime as dt
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse
from django.utils import timezone

from core.audit import Deed
from core.models import AuditEntry
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_for(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.SECOND_FACTOR_GRACE_DAYS = 0


def code_of(secret):
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"


@pytest.fixture
def coordinator():
    return make.AppointmentFactory(role="coordinator").user


@pytest.mark.parametrize("role", ["coordinator", "evaluator"])
def test_who_reaches_far_comes_no_further_than_setting_one_up(client, role):
    client.force_login(make.AppointmentFactory(role=role).user)
    for name in ("now", "programme_list", "account"):
        assert client.get(reverse(name)).url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200


def test_an_administrator_too(client):
    client.force_login(make.UserFactory(is_superuser=True))
    assert client.get(reverse("wagtailadmin_home")).url == reverse("mfa_index")


@pytest.mark.parametrize("role", ["facilitator", None])
def test_others_and_visitors_are_not_asked(client, role):
    assert client.get(reverse("privacy")).status_code == 200
    client.force_login(make.AppointmentFactory(role=role).user if role else make.UserFactory())
    assert client.get(reverse("now")).status_code == 200


def test_a_respondent_with_a_link_is_not_asked_even_in_the_browser_of_a_coordinator(
    client, coordinator
):
    from tests.surveys import stories

    _wave, token = stories.open_link()
    client.force_login(coordinator)
    assert client.get(reverse("survey_start", args=[token])).status_code == 200


def test_there_are_days_of_grace_and_now_says_until_when(client, coordinator, settings):
    settings.SECOND_FACTOR_GRACE_DAYS = 3
    client.force_login(coordinator)
    page = client.get(reverse("now"))
    assert page.status_code == 200 and reverse("mfa_index") in page.text
    coordinator.refresh_from_db()
    assert coordinator.factor_due_on == timezone.localdate() + dt.timedelta(days=3)
    coordinator.factor_due_on = timezone.localdate()
    coordinator.save()
    assert client.get(reverse("now")).url == reverse("mfa_index")


def test_setting_up_an_app_opens_the_door_and_is_asked_for_at_the_next_sign_in(
    client, coordinator, django_capture_on_commit_callbacks
):
    client.post(reverse("account_login"), {"login": coordinator.email, "password": make.PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    if page.status_code == 302:
        client.post(page.url, {"password": make.PASSWORD})
        page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        made = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert made.url == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("now")).status_code == 200
    kept = Authenticator.objects.get(type="totp")
    assert secret not in str(kept.data)
    assert AuditEntry.objects.filter(verb=Deed.FACTOR_CHANGED, actor=coordinator.pk).exists()
    client.post(reverse("account_logout"))
    signed = client.post(
        reverse("account_login"), {"login": coordinator.email, "password": make.PASSWORD}
    )
    assert signed.url.startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("now")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.get(reverse("now")).status_code == 302


def test_a_link_by_mail_asks_for_it_too_and_a_code_lets_in_once(client, coordinator):
    from core.models import OutboxMail
    from people.domain.links import ask_for_link

    secret = generate_totp_secret()
    TOTP.activate(coordinator, secret)
    ask_for_link(coordinator.email)
    path = OutboxMail.objects.latest("pk").body.split(reverse("ask_for_link"))[1].split("\n")[0]
    answer = client.post(reverse("ask_for_link") + path)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    code = code_of(secret)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(reverse("now")).status_code == 200


def test_the_last_factor_can_not_be_taken_away_by_who_needs_one(client, coordinator):
    TOTP.activate(coordinator, generate_totp_secret())
    client.force_login(coordinator)
    _confirm(client, coordinator)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=coordinator, type="totp").exists()


def _confirm(client, user):
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()


@pytest.mark.parametrize(
    "name",
    ["mfa_activate_totp", "mfa_add_webauthn", "mfa_index", "usersessions_list"],
)
def test_each_page_is_of_the_house_in_both_languages(client, coordinator, name):
    client.force_login(coordinator)
    for language in ("nl", "en"):
        coordinator.language = language
        coordinator.save()
        _confirm(client, coordinator)
        page = client.get(reverse(name), follow=True)
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text and "bl-page" in page.text
