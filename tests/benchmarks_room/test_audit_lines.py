"""What is done and seen is in the audit log, and who reads which lines of it."""

import pytest
from django.urls import reverse

from benchmarks.audit import entries_visible_to
from benchmarks.domain.appointments import appoint, dismiss
from core.audit import Deed
from core.models import AuditEntry
from people.domain.memberships import join_organisation, leave_organisation
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make.AppointmentFactory(user__name="Cor").user


@pytest.fixture
def programme(coordinator):
    return coordinator.appointments.get().programme


def verbs(rows):
    return [row.verb for row in rows.order_by("number")]


def test_giving_and_taking_a_role_is_there_with_who_and_whom(coordinator, programme):
    given = appoint(programme, by=coordinator, email="new@example.org", role="evaluator")
    dismiss(given, by=coordinator)
    lines = AuditEntry.objects.filter(scope=f"programme:{programme.pk}").order_by("number")
    assert verbs(lines) == [Deed.ROLE_GIVEN, Deed.ROLE_TAKEN]
    assert {(line.actor, line.target) for line in lines} == {
        (coordinator.pk, f"people.user:{given.user_id}")
    }


def test_seeing_the_list_of_people_is_there(client, coordinator, programme):
    client.force_login(coordinator)
    client.get(reverse("appointments", args=[programme.code]))
    assert verbs(entries_visible_to(coordinator, programme)) == [Deed.PEOPLE_SEEN]


def test_becoming_administrator_is_there_however_it_is_done():
    wil = make.UserFactory()
    wil.is_superuser = True
    wil.save()
    wil.is_superuser = False
    wil.save()
    assert verbs(AuditEntry.objects.filter(target=f"people.user:{wil.pk}")) == [
        Deed.ROLE_GIVEN,
        Deed.ROLE_TAKEN,
    ]


def test_another_smallest_group_is_there(programme):
    programme.minimum_group = 7
    programme.save()
    programme.save()
    (line,) = AuditEntry.objects.filter(verb=Deed.MINIMUM_SET)
    assert line.details == {"minimum_group": 7, "minimum_organisations": 5}


def test_a_coordinator_reads_of_their_own_programme_alone(client, coordinator, programme):
    here = make.ParticipationFactory(cycle__programme=programme).organisation
    elsewhere = make.AppointmentFactory(user__name="Els").user
    other = elsewhere.appointments.get().programme
    join_organisation(here, by=coordinator, email="a@example.org", roles=["participant"])
    theirs = make.ParticipationFactory(cycle__programme=other).organisation
    gone = join_organisation(theirs, by=elsewhere, email="b@example.org", roles=["participant"])
    leave_organisation(gone, by=elsewhere, on="2026-01-01")
    appoint(other, by=elsewhere, email="b@example.org", role="evaluator")
    assert verbs(entries_visible_to(coordinator, programme)) == [Deed.JOINED]
    assert verbs(entries_visible_to(elsewhere, other)) == [
        Deed.JOINED,
        Deed.LEFT,
        Deed.ROLE_GIVEN,
    ]
    assert not entries_visible_to(coordinator, other).exists()
    assert not entries_visible_to(coordinator).exists()
    client.force_login(coordinator)
    page = client.get(reverse("programme_audit", args=[programme.code]))
    assert "a@example.org" in page.text
    assert "b@example.org" not in page.text and "Els" not in page.text


def test_an_administrator_reads_all_and_an_erased_account_is_a_number(client):
    admin = make.UserFactory(is_superuser=True, language="en")
    wil = make.AppointmentFactory(user__name="Wil").user
    appoint(wil.appointments.get().programme, by=wil, email="c@example.org", role="evaluator")
    number = wil.pk
    wil.delete()
    client.force_login(admin)
    page = client.get(reverse("audit_log"), {"deed": Deed.ROLE_GIVEN})
    assert f"account {number} (erased)" in page.text
    assert "c@example.org" in page.text


def test_a_line_names_the_organisation_that_somebody_came_to(client, coordinator, programme):
    here = make.ParticipationFactory(
        cycle__programme=programme, organisation__name="Westerhaven"
    ).organisation
    join_organisation(here, by=coordinator, email="a@example.org", roles=["participant"])
    client.force_login(coordinator)
    page = client.get(reverse("programme_audit", args=[programme.code])).text
    assert "organisatie: Westerhaven" in page
    assert f"organisatie: {here.pk}" not in page
