"""Who does what: a new programme gets somebody who runs it, and they let others in."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from benchmarks.domain.appointments import appoint, dismiss
from benchmarks.models import Appointment, Programme
from benchmarks.queries import organisations_staffed_by
from core.exceptions import NotNow
from core.models import OutboxMail
from people.models import Membership, User
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def new(tmp_path, capsys):
    """A programme as the command makes it."""

    def start(*options):
        file = tmp_path / "places.csv"
        file.write_text("code,name,size_class,region\nhere,Ons Dorp,,\nthere,Hun Stad,,\n")
        told = ("new-programme", "fresh", "--name", "Fresh", "--organisations", str(file))
        call_command(*told, *options, "--json")
        return json.loads(capsys.readouterr().out)

    return start


def test_a_new_programme_has_a_coordinator_who_lets_the_others_in(new, client):
    new("--coordinator", "Runs@Example.org")
    runs = User.objects.get(email="runs@example.org")
    assert not runs.has_usable_password()
    assert [mail.to for mail in OutboxMail.objects.all()] == ["runs@example.org"]
    client.force_login(runs)
    page = reverse("appointments", args=["fresh"])
    assert page in client.get(reverse("programme", args=["fresh"])).content.decode()
    told = {"email": "leads@example.org", "name": "Lea  Leidt", "role": "facilitator"}
    assert client.post(reverse("appointment_add", args=["fresh"]), told).status_code == 302
    assert Appointment.objects.get(role="facilitator").user.name == "Lea Leidt"
    add = reverse("member_add", args=["fresh", "there"])
    told = {"email": "ot@example.org", "name": "Ot", "function": "Intake", "roles": ["participant"]}
    assert client.post(add, told).status_code == 302
    ot = Membership.objects.get(user__email="ot@example.org")
    assert (ot.organisation.code, ot.function) == ("there", "Intake")
    shown = client.get(page, {"organisation": "there"}).content.decode()
    assert "Lea Leidt" in shown and "ot@example.org" in shown
    client.force_login(ot.user)
    assert client.get(reverse("programme", args=["fresh"])).status_code == 200
    assert client.get(page).status_code == 404


def test_an_address_that_is_none_makes_no_programme(new):
    with pytest.raises(CommandError):
        new("--coordinator", "nobody")
    assert not Programme.objects.exists() and not User.objects.exists()


def test_without_a_coordinator_the_administrator_appoints_one(new, client):
    new()
    client.force_login(make.UserFactory(is_staff=True, is_superuser=True))
    page = reverse("appointments", args=["fresh"])
    assert client.get(page).status_code == 200
    told = {"email": "not an address", "role": "coordinator"}
    address = reverse("appointment_add", args=["fresh"])
    assert client.post(address, told).status_code == 422
    assert client.post(address, {**told, "email": "a@example.org"}).status_code == 302
    assert Appointment.objects.get().user.email == "a@example.org"


def test_a_second_time_changes_nothing_and_writes_no_second_mail():
    programme = make.ProgrammeFactory()
    for _number in range(2):
        appoint(programme, by=None, email="a@example.org", role="evaluator")
    assert Appointment.objects.count() == OutboxMail.objects.count() == User.objects.count() == 1


def test_the_last_coordinator_stays(client):
    first = make.AppointmentFactory()
    with pytest.raises(NotNow):
        dismiss(first, by=first.user)
    second = make.AppointmentFactory(programme=first.programme)
    client.force_login(second.user)
    end = reverse("appointment_end", args=[first.programme.code, first.pk])
    assert client.post(end).status_code == 302
    assert Appointment.objects.get() == second
    last = reverse("appointment_end", args=[first.programme.code, second.pk])
    assert client.post(last).status_code == 409
    assert Appointment.objects.get() == second


def test_who_is_of_an_organisation_sees_all_its_benchmarks_so_only_who_runs_all_adds_people(client):
    """A coordinator of one benchmark doesn't come into another by way of a shared participant."""
    ours = make.ParticipationFactory()
    alone = make.ParticipationFactory(cycle=ours.cycle)
    theirs = make.ParticipationFactory(organisation=ours.organisation)
    programme = ours.cycle.programme
    runs = make.AppointmentFactory(programme=programme).user
    administrator = make.UserFactory(is_superuser=True)
    assert set(organisations_staffed_by(runs, programme)) == {alone.organisation}
    assert organisations_staffed_by(administrator, programme).count() == 2
    client.force_login(runs)
    told = {"email": runs.email, "roles": ["management"]}
    add = reverse("member_add", args=[programme.code, ours.organisation.code])
    assert client.post(add, told).status_code == 404
    make.AppointmentFactory(programme=theirs.cycle.programme, user=runs)
    assert client.post(add, told).status_code == 302


def test_who_left_and_comes_back_is_the_same_membership_with_other_roles(client):
    ours = make.ParticipationFactory()
    code, place = ours.cycle.programme.code, ours.organisation
    client.force_login(make.AppointmentFactory(programme=ours.cycle.programme).user)
    member = make.MembershipFactory(organisation=place, roles=["participant"])
    end = reverse("member_end", args=[code, place.code, member.pk])
    assert client.post(end).status_code == client.post(end).status_code == 302
    member.refresh_from_db()
    assert member.left_on is not None
    add = reverse("member_add", args=[code, place.code])
    assert client.post(add, {"email": member.user.email}).status_code == 422
    told = {"email": member.user.email, "roles": ["management"]}
    assert client.post(add, told).status_code == 302
    member.refresh_from_db()
    assert (member.left_on, [role.role for role in member.roles.all()]) == (None, ["management"])
