"""The list of one's programmes and the page of one."""

import datetime as dt

import pytest
from django.urls import reverse

from benchmarks.queries import present_round, roles_in_programmes
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours():
    return make.ParticipationFactory(cycle__programme__name="Work First")


@pytest.fixture
def programme(ours):
    return ours.cycle.programme


@pytest.fixture
def member(ours):
    return make.MembershipFactory(organisation=ours.organisation, roles=["participant"]).user


@pytest.fixture
def coordinator(programme):
    return make.AppointmentFactory(programme=programme).user


@pytest.fixture
def outsider():
    elsewhere = make.ParticipationFactory()
    return make.MembershipFactory(organisation=elsewhere.organisation).user


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def test_the_list_shows_one_s_own_programmes_with_one_s_role(client, member, outsider):
    rows = page(client, member, "programme_list").context["rows"]
    assert [(str(row.programme), set(row.roles)) for row in rows] == [
        ("Work First", {"participant"})
    ]
    others = page(client, outsider, "programme_list").context["rows"]
    assert "Work First" not in [str(row.programme) for row in others]


def test_who_is_in_no_programme_is_told_what_will_happen(client):
    answer = page(client, make.UserFactory(), "programme_list")
    assert answer.context["rows"] == []
    assert b"bl-empty" in answer.content


def test_the_list_asks_as_many_queries_for_three_as_for_one(
    client, member, ours, django_assert_max_num_queries
):
    client.force_login(member)
    with django_assert_max_num_queries(50) as one:
        client.get(reverse("programme_list"))
    for _n in range(2):
        make.ParticipationFactory(organisation=ours.organisation)
    with django_assert_max_num_queries(50) as three:
        answer = client.get(reverse("programme_list"))
    assert len(answer.context["rows"]) == 3
    assert len(one) == len(three)


def test_a_member_and_a_coordinator_open_the_page_and_an_outsider_does_not(
    client, programme, member, coordinator, outsider
):
    assert page(client, member, "programme", programme.code).status_code == 200
    assert page(client, coordinator, "programme", programme.code).status_code == 200
    assert page(client, outsider, "programme", programme.code).status_code == 404


def test_the_page_says_in_which_role_one_is_there(client, programme, coordinator):
    assert page(client, coordinator, "programme", programme.code).context["roles"] != ""


def test_the_page_offers_participation_to_whom_it_is_visible(client, programme, member):
    sections = page(client, member, "programme", programme.code).context["sections"]
    urls = [section.url for section in sections]
    assert reverse("participation_list", args=[programme.code]) in urls


def test_an_invented_programme_and_a_study_say_so(client, programme, coordinator):
    for kind, mark in (("invented", b"bl-mark"), ("study", b"bl-mark--study")):
        programme.kind = kind
        programme.save()
        assert mark in page(client, coordinator, "programme", programme.code).content
    programme.kind = "regular"
    programme.save()
    assert b"bl-mark" not in page(client, coordinator, "programme", programme.code).content


def test_a_programme_without_a_round_says_what_will_come(client):
    appointment = make.AppointmentFactory()
    answer = page(client, appointment.user, "programme", appointment.programme.code)
    assert answer.context["cycle"] is None
    assert b"bl-empty" in answer.content


def rounds(programme, *years):
    for year in years:
        make.CycleFactory(
            programme=programme,
            name=str(year),
            starts_on=dt.date(year, 1, 1),
            ends_on=dt.date(year, 12, 31),
        )


@pytest.mark.parametrize(
    ("today", "name"),
    [
        (dt.date(2025, 6, 1), "2025"),
        (dt.date(2030, 6, 1), "2026"),
        (dt.date(2020, 6, 1), "2024"),
    ],
)
def test_the_round_shown_is_the_running_one_else_the_last_begun_else_the_first(today, name):
    programme = make.ProgrammeFactory()
    rounds(programme, 2024, 2025, 2026)
    assert present_round(programme, today).name == name


def test_roles_of_a_membership_that_ended_are_not_counted(member, programme):
    assert roles_in_programmes(member) == {programme.pk: {"participant"}}
    member.memberships.update(left_on="2026-01-01")
    assert roles_in_programmes(member) == {}
