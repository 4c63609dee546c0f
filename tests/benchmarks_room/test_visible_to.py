"""A curious colleague at another municipality sees nothing of ours."""

import pytest
from django.contrib.auth.models import AnonymousUser

from benchmarks.models import Cycle, Participation, Programme
from people.models import Organisation
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours():
    return make.ParticipationFactory()


@pytest.fixture
def member(ours):
    return make.MembershipFactory(organisation=ours.organisation, roles=["participant"]).user


@pytest.fixture
def neighbour(ours):
    other = make.ParticipationFactory(cycle=ours.cycle)
    return make.MembershipFactory(organisation=other.organisation, roles=["participant"]).user


@pytest.fixture
def stranger():
    elsewhere = make.ParticipationFactory()
    return make.MembershipFactory(organisation=elsewhere.organisation).user


def test_a_member_sees_the_programme_its_cycle_and_the_own_participation(ours, member):
    assert list(Programme.objects.visible_to(member)) == [ours.cycle.programme]
    assert list(Cycle.objects.visible_to(member)) == [ours.cycle]
    assert list(Participation.objects.visible_to(member)) == [ours]


def test_a_neighbour_sees_the_programme_but_not_our_participation(ours, neighbour):
    assert ours.cycle.programme in Programme.objects.visible_to(neighbour)
    assert ours not in Participation.objects.visible_to(neighbour)
    assert ours.organisation not in Organisation.objects.visible_to(neighbour)


def test_a_stranger_and_an_anonymous_visitor_see_nothing(ours, stranger):
    for user in (stranger, AnonymousUser()):
        assert ours.cycle.programme not in Programme.objects.visible_to(user)
        assert ours.cycle not in Cycle.objects.visible_to(user)
        assert ours not in Participation.objects.visible_to(user)
        assert ours.organisation not in Organisation.objects.visible_to(user)


def test_a_coordinator_sees_every_participation_of_the_own_programme_only(ours, stranger):
    coordinator = make.AppointmentFactory(programme=ours.cycle.programme).user
    assert list(Participation.objects.visible_to(coordinator)) == [ours]
    assert ours.organisation in Organisation.objects.visible_to(coordinator)


def test_who_left_the_organisation_no_longer_sees_the_programme(ours, member):
    member.memberships.update(left_on="2026-02-01")
    assert not Programme.objects.visible_to(member).exists()
