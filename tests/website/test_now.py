"""Now: what is expected of me, in order of time, and where my benchmarks stand."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.urls import reverse
from django.utils import timezone

from core.deeds import Deed, collect_deeds
from tests import factories as make

pytestmark = pytest.mark.django_db


@contextmanager
def expected(*deeds):
    """A room that expects these deeds of everybody."""

    def room(sender, **named):
        return deeds

    collect_deeds.connect(room, weak=False)
    try:
        yield
    finally:
        collect_deeds.disconnect(room)


def deed(title, days):
    due = None if days is None else timezone.localdate() + dt.timedelta(days=days)
    return Deed(title=title, verb="Do", url=f"/{title}/", due=due)


@pytest.fixture
def user(client):
    user = make.UserFactory(language="en")
    client.force_login(user)
    return user


def now(client):
    return client.get(reverse("now"))


def test_a_visitor_is_sent_to_sign_in(client):
    assert now(client).url.startswith(reverse("account_login"))


def test_deeds_stand_in_order_of_time_and_without_a_date_last(client, user):
    with expected(deed("someday", None), deed("soon", 1), deed("late", -3)):
        answer = now(client)
    assert [d.title for d in answer.context["deeds"]] == ["late", "soon", "someday"]


def test_overdue_is_said_in_words(client, user):
    with expected(deed("late", -3), deed("soon", 1)):
        answer = now(client)
    assert answer.context["overdue"] == 1
    assert "3 days late" in answer.content.decode()


def test_what_a_deed_says_is_escaped(client, user):
    with expected(deed("<b>x</b>", 1)):
        assert b"<b>x</b>" not in now(client).content


def start(client):
    return str(now(client).context["start"].text)


def test_each_role_gets_a_start_of_its_own(client):
    participation = make.ParticipationFactory()
    programme = participation.cycle.programme
    texts = set()
    for role in ("participant", "management"):
        member = make.MembershipFactory(organisation=participation.organisation, roles=[role])
        client.force_login(member.user)
        texts.add(start(client))
    for role in ("facilitator", "coordinator", "evaluator"):
        client.force_login(make.AppointmentFactory(programme=programme, role=role).user)
        texts.add(start(client))
    client.force_login(make.UserFactory(is_superuser=True, is_staff=True))
    texts.add(start(client))
    client.force_login(make.UserFactory())
    texts.add(start(client))
    assert len(texts) == 7


def test_management_has_the_follow_up_of_its_own_programme_at_hand(client):
    participation = make.ParticipationFactory()
    member = make.MembershipFactory(organisation=participation.organisation, roles=["management"])
    client.force_login(member.user)
    ((_row, doors),) = now(client).context["programmes"]
    code = participation.cycle.programme.code
    assert [url for _label, url in doors] == [reverse("follow_up", args=[code])]


def test_three_benchmarks_ask_as_many_queries_as_one(client, user, django_assert_max_num_queries):
    organisation = make.ParticipationFactory().organisation
    make.MembershipFactory(user=user, organisation=organisation, roles=["participant"])
    with django_assert_max_num_queries(60) as one:
        now(client)
    for _n in range(2):
        make.ParticipationFactory(organisation=organisation)
    with django_assert_max_num_queries(60) as three:
        assert len(now(client).context["programmes"]) == 3
    assert len(one) == len(three)
