"""What reaches far is confirmed again; sessions are listed and ended."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from benchmarks.models import Appointment
from core.audit import Deed
from core.models import AuditEntry
from tests import factories as make

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": make.PASSWORD})
    return client


def test_giving_a_role_asks_for_the_password_and_then_goes_on_by_itself(settings):
    settings.CONFIRM_AGAIN = True
    programme = make.AppointmentFactory().programme
    client = signed_in(programme.appointments.get().user)
    url = reverse("appointment_add", args=[programme.code])
    data = {"email": "new@example.org", "role": "evaluator"}
    asked = client.post(url, data)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert Appointment.objects.count() == 1
    assert client.get(asked.url).status_code == 200
    wrong = client.post(asked.url, {"password": "not this", "next": url})
    assert wrong.status_code == 200 and Appointment.objects.count() == 1
    client.post(asked.url, {"password": make.PASSWORD, "next": url})
    assert Appointment.objects.filter(user__email="new@example.org").exists()
    again = client.post(url, {"email": "other@example.org", "role": "evaluator"})
    assert again.url == reverse("appointments", args=[programme.code])


def test_sessions_are_listed_and_the_others_ended():
    wil = make.UserFactory()
    here, there = signed_in(wil), signed_in(wil)
    stranger = signed_in(make.UserFactory())
    page = here.get(reverse("usersessions_list"))
    assert page.context["session_count"] == 2
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("account")).status_code == 302
    assert here.get(reverse("account")).status_code == 200
    assert stranger.get(reverse("account")).status_code == 200
    assert UserSession.objects.filter(user=wil).count() == 1
    assert AuditEntry.objects.filter(verb=Deed.SESSION_ENDED, actor=wil.pk).exists()
