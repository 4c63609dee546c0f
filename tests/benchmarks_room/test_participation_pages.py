"""Who is in, and how seriously; an organisation sees its own."""

import pytest
from django.urls import reverse

from benchmarks.models import Involvement
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours():
    return make.ParticipationFactory(organisation__name="Zwolle", motive="learning")


@pytest.fixture
def programme(ours):
    return ours.cycle.programme


@pytest.fixture
def contact(ours):
    membership = make.MembershipFactory(organisation=ours.organisation, user__name="Carla Contact")
    ours.contacts.add(membership)
    return membership


def appointed(programme, role):
    return make.AppointmentFactory(programme=programme, role=role).user


def member_of(participation):
    return make.MembershipFactory(
        organisation=participation.organisation, roles=["participant"]
    ).user


def overview(client, user, programme, query=""):
    client.force_login(user)
    return client.get(reverse("participation_list", args=[programme.code]) + query)


def detail(client, user, participation):
    client.force_login(user)
    code = participation.cycle.programme.code
    return client.get(reverse("participation", args=[code, participation.pk]))


def names(answer):
    return [row.participation.organisation.name for row in answer.context["rows"]]


def test_a_coordinator_sees_everyone_and_a_participant_only_the_own_organisation(
    client, ours, programme
):
    make.ParticipationFactory(cycle=ours.cycle, organisation__name="Ede")
    assert names(overview(client, appointed(programme, "coordinator"), programme)) == [
        "Ede",
        "Zwolle",
    ]
    assert names(overview(client, member_of(ours), programme)) == ["Zwolle"]


def test_an_outsider_gets_404(client, ours, programme):
    outsider = member_of(make.ParticipationFactory())
    assert overview(client, outsider, programme).status_code == 404
    assert detail(client, outsider, ours).status_code == 404


def test_a_neighbour_does_not_see_our_participation(client, ours):
    neighbour = member_of(make.ParticipationFactory(cycle=ours.cycle))
    assert detail(client, neighbour, ours).status_code == 404
    assert detail(client, member_of(ours), ours).status_code == 200


def test_contact_people_are_shown_to_who_runs_the_programme_and_not_to_an_evaluator(
    client, ours, programme, contact
):
    for role, shown in (("coordinator", True), ("facilitator", True), ("evaluator", False)):
        user = appointed(programme, role)
        for answer in (overview(client, user, programme), detail(client, user, ours)):
            assert ("Carla Contact" in answer.content.decode()) is shown, role


def test_a_contact_person_who_left_is_marked(client, ours, programme, contact):
    coordinator = appointed(programme, "coordinator")
    assert b"bl-status" not in overview(client, coordinator, programme).content
    contact.left_on = "2026-02-01"
    contact.save()
    assert b"bl-status--attention" in overview(client, coordinator, programme).content


def test_involvement_counts_only_phases_that_something_is_known_of(client, ours, programme):
    for phase, involved in (
        ("indicators", "yes"),
        ("evaluation", "no"),
        ("organisation", "missing"),
    ):
        Involvement.objects.create(participation=ours, phase=phase, involved=involved)
    row = overview(client, appointed(programme, "evaluator"), programme).context["rows"][0]
    assert (row.involved, row.known) == (1, 2)


def test_an_earlier_round_is_a_link_away(client, ours, programme):
    earlier = make.CycleFactory(
        programme=programme, name="2020", starts_on="2020-01-01", ends_on="2020-12-31"
    )
    make.ParticipationFactory(cycle=earlier, organisation__name="Ede")
    coordinator = appointed(programme, "coordinator")
    assert names(overview(client, coordinator, programme, "?round=2020")) == ["Ede"]
    assert overview(client, coordinator, programme, "?round=1999").status_code == 404


def test_the_overview_asks_as_many_queries_for_three_as_for_one(
    client, ours, programme, contact, django_assert_max_num_queries
):
    client.force_login(appointed(programme, "coordinator"))
    url = reverse("participation_list", args=[programme.code])
    Involvement.objects.create(participation=ours, phase="indicators", involved="yes")
    with django_assert_max_num_queries(50) as one:
        client.get(url)
    for _n in range(2):
        other = make.ParticipationFactory(cycle=ours.cycle)
        other.contacts.add(make.MembershipFactory(organisation=other.organisation))
        Involvement.objects.create(participation=other, phase="indicators", involved="yes")
    with django_assert_max_num_queries(50) as three:
        answer = client.get(url)
    assert len(names(answer)) == 3
    assert len(one) == len(three)


def test_a_partnership_names_its_members(client, ours, programme):
    ours.organisation.members.add(make.OrganisationFactory(name="Kampen"))
    assert "Kampen" in detail(client, member_of(ours), ours).content.decode()
