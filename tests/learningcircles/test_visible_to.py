"""Fetching is the permission check: who sees what of a circle, its sessions and its actions."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from benchmarks.models import Indicator
from learningcircles.models import (
    Action,
    ActionChange,
    ActionNote,
    Attendance,
    Circle,
    CircleMember,
    Decision,
    DefinitionIssue,
    Reading,
    Session,
    Signal,
    Topic,
)
from tests import factories as make
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now

MODELS = [
    Circle,
    CircleMember,
    Session,
    Attendance,
    Signal,
    Action,
    ActionChange,
    ActionNote,
    Decision,
    DefinitionIssue,
    Reading,
    Topic,
]


@pytest.fixture
def talk(stage):
    """A session of the circle with a signal, and an action that came of it."""
    session = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-48))
    meet.AttendanceFactory(session=session, membership=stage.member)
    signal = meet.SignalFactory(session=session)
    meet.ReadingFactory(session=session)
    meet.DecisionFactory(session=session)
    meet.TopicFactory(circle=stage.circle, signal=signal)
    DefinitionIssue.objects.create(
        programme=stage.programme,
        session=session,
        indicator=Indicator.objects.create(programme=stage.programme, code="doubt"),
        text="Since when?",
        raised_at=hours_from_now(-1),
    )
    action = meet.ActionFactory(
        programme=stage.programme,
        organisation=stage.here,
        owner=stage.member,
        session=session,
        signal=signal,
    )
    ActionChange.objects.create(
        action=action, at=hours_from_now(-1), version=1, field="status", after="agreed"
    )
    ActionNote.objects.create(action=action, at=hours_from_now(-1), text="A note")
    return session


def seen_by(user):
    user = getattr(user, "user", user)
    return {model.__name__ for model in MODELS if model.objects.visible_to(user).exists()}


ALL = {model.__name__ for model in MODELS}
ACTIONS = {"Action", "ActionChange", "ActionNote"}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("facilitator", ALL),
        ("member", ALL),
        ("other_member", ALL),
        ("management", ACTIONS),
        ("colleague", set()),
        ("neighbour_management", set()),
        ("neighbour_participant", set()),
        ("evaluator", set()),
        ("administrator", set()),
        ("stranger", set()),
    ],
)
def test_who_sees_which_records(stage, talk, who, sees):
    assert seen_by(getattr(stage, who)) == sees


def test_an_anonymous_visitor_sees_nothing(stage, talk):
    assert seen_by(AnonymousUser()) == set()


def test_a_facilitator_of_another_programme_sees_nothing(stage, talk):
    assert seen_by(make.AppointmentFactory(role="facilitator").user) == set()


def test_who_left_the_circle_sees_it_no_more_not_even_what_they_attended(stage, talk):
    stage.circle.members.filter(membership=stage.member).update(left_on=dt.date(2026, 6, 1))
    assert seen_by(stage.member) == ACTIONS  # their own organisation's action stays


def test_who_came_back_to_the_circle_sees_it_again(stage, talk):
    stage.circle.members.filter(membership=stage.member).update(left_on=dt.date(2026, 6, 1))
    meet.CircleMemberFactory(circle=stage.circle, membership=stage.member)
    assert seen_by(stage.member) == ALL


def test_who_left_the_organisation_sees_nothing(stage, talk):
    stage.member.left_on = dt.date(2026, 6, 1)
    stage.member.save()
    assert seen_by(stage.member) == set()


def test_a_guest_sees_the_session_but_not_the_circle(stage, talk):
    meet.AttendanceFactory(session=talk, membership=stage.neighbour_participant)
    assert Session.objects.visible_to(stage.neighbour_participant.user).get() == talk
    assert not Circle.objects.visible_to(stage.neighbour_participant.user).exists()


def test_an_interpretation_session_is_seen_by_the_organisation_it_is_of(stage):
    session = meet.SessionFactory(
        circle=None,
        programme=stage.programme,
        kind="interpretation",
        organisation=stage.here,
    )
    assert session in Session.objects.visible_to(stage.management.user)
    assert session in Session.objects.visible_to(stage.member.user)
    for outsider in (stage.colleague, stage.neighbour_management, stage.other_member):
        assert session not in Session.objects.visible_to(outsider.user)


def test_management_follows_the_own_organisation_only(stage, talk):
    mine = Action.objects.visible_to(stage.management.user).followed_by(stage.management.user)
    assert mine.count() == 1
    assert not Action.objects.followed_by(stage.neighbour_management.user).exists()
    assert not Action.objects.followed_by(AnonymousUser()).exists()
