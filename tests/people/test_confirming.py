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


WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (WINDOWS, "Firefox op Windows"),
        ("<b>odd</b>", "&lt;b&gt;odd&lt;/b&gt;"),
        ("", "een browser die niet zegt wat hij is"),
    ],
)
def test_a_session_is_named_as_its_owner_knows_the_browser(said, named):
    wil = make.UserFactory(language="nl")
    here = signed_in(wil)
    here.get(reverse("usersessions_list"))
    UserSession.objects.filter(user=wil).update(user_agent=said)
    page = signed_in(wil).get(reverse("usersessions_list")).text
    assert f">{named}</p>" in page


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


def _deeds():
    """What others rely on, and how it is changed: role, address, what is sent, how many there are
    then, and the line in the audit log."""
    from benchmarks.models import Charter
    from evaluation.models import GradeChange
    from surveys.models import Thresholds

    charter = {"purpose": "Leren.", "ownership": "De deelnemers.", "visibility": "Samen."}
    charter["seen"] = "0"
    return {
        "charter": ("coordinator", "charter_write", charter, Charter, Deed.CHARTER_WRITTEN),
        "thresholds": (
            "coordinator",
            "triangulation_thresholds",
            {"moderate_from": "2", "sufficient_from": "4.25"},
            Thresholds,
            Deed.THRESHOLDS_SET,
        ),
        "grade": (
            "evaluator",
            "report_finding",
            {"grade": "plausible", "reason": "Elders ook gezien."},
            GradeChange,
            Deed.GRADE_CHANGED,
        ),
    }


@pytest.mark.parametrize("what", ["charter", "thresholds", "grade"])
def test_what_others_rely_on_is_changed_only_by_who_proves_again_who_they_are(settings, what):
    role, name, data, model, deed = _deeds()[what]
    programme = make.AppointmentFactory(role=role).programme
    somebody = programme.appointments.get().user
    address = [programme.code]
    if what == "grade":
        address.append(_finding_of(programme))
    client = signed_in(somebody)
    settings.CONFIRM_AGAIN = True
    url = reverse(name, args=address)
    asked = client.post(url, data)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert not model.objects.exists()
    client.post(asked.url, {"password": make.PASSWORD, "next": url})
    assert model.objects.count() == 1
    line = AuditEntry.objects.get(verb=deed)
    assert (line.actor, line.scope) == (somebody.pk, f"programme:{programme.pk}")


def _finding_of(programme):
    """A finished report in which one finding may get another grade."""
    from core.models import LeasedState
    from evaluation.models import Run

    finding = {"id": "improvement-costs", "kind": "improvement", "grade": "unsupported"}
    finding["about"] = {"indicator": "costs"}
    Run.objects.create(
        programme=programme, seed=1, state=LeasedState.DONE, result={"findings": [finding]}
    )
    return finding["id"]


def test_agreeing_to_a_charter_is_confirmed_too(settings):
    from benchmarks.domain.charter import write_charter
    from benchmarks.models import CharterConsent

    settings.CONFIRM_AGAIN = True
    programme = make.AppointmentFactory().programme
    said = {"purpose": "Leren.", "ownership": "Wij.", "visibility": "Samen."}
    write_charter(programme, by=programme.appointments.get().user, **said)
    town = make.ParticipationFactory(cycle__programme=programme).organisation
    manager = make.MembershipFactory(organisation=town, roles=["management"]).user
    client = signed_in(manager)
    url = reverse("charter_consent", args=[programme.code, 1])
    asked = client.post(url, {"organisation": town.code})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert not CharterConsent.objects.exists()
    client.post(asked.url, {"password": make.PASSWORD, "next": url})
    assert CharterConsent.objects.get().given_by == manager
