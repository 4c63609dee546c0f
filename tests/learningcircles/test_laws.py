"""Where a law exists, the database keeps it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 2, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"status": "done"},
        {"done_on": DAY},
        {"status": "done", "done_on": dt.date(2025, 12, 31)},
        {"status": "dropped", "dropped_on": DAY},
        {"status": "dropped", "drop_reason": "no money"},
        {"drop_reason": "no money"},
        {"status": "handed_over"},
        {"status": "under_way", "agreed_on": None},
        {"original_due": None},
    ],
    ids=str,
)
def test_an_action_that_cannot_be_is_refused(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        meet.ActionFactory(**wrong)


def test_an_action_has_one_owner_at_most():
    member = meet.CircleMemberFactory().membership
    with pytest.raises(IntegrityError), transaction.atomic():
        meet.ActionFactory(organisation=member.organisation, owner=member, owner_name="Jan")


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": hours_from_now(1)},
        {"kind": "interpretation"},
    ],
    ids=["ends before it starts", "interpretation of no organisation"],
)
def test_a_session_that_cannot_be_is_refused(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        meet.SessionFactory(**wrong)


def test_a_learning_circle_session_has_a_circle():
    programme = meet.CircleFactory().programme
    with pytest.raises(IntegrityError), transaction.atomic():
        meet.SessionFactory(circle=None, programme=programme)


def test_one_attendance_a_person_a_session():
    attendance = meet.AttendanceFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        meet.AttendanceFactory(session=attendance.session, membership=attendance.membership)


def test_a_substitute_has_no_name_without_being_sent():
    with pytest.raises(IntegrityError), transaction.atomic():
        meet.AttendanceFactory(presence="present", substitute_name="Jan")


def test_somebody_is_in_a_circle_once_at_a_time_and_may_come_back():
    member = meet.CircleMemberFactory(left_on=dt.date(2026, 3, 1))
    meet.CircleMemberFactory(circle=member.circle, membership=member.membership)
    with pytest.raises(IntegrityError), transaction.atomic():
        meet.CircleMemberFactory(circle=member.circle, membership=member.membership)


def test_nobody_leaves_before_joining():
    with pytest.raises(IntegrityError), transaction.atomic():
        meet.CircleMemberFactory(left_on=dt.date(2026, 1, 1))


def test_a_programme_has_one_circle_on_a_theme():
    circle = meet.CircleFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        meet.CircleFactory(programme=circle.programme, theme=circle.theme)


def test_a_signal_says_something():
    with pytest.raises(IntegrityError), transaction.atomic():
        meet.SignalFactory(text="")
