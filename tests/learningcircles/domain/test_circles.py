"""Starting a circle, joining it, leaving it."""

import datetime as dt
import uuid

import pytest

from core.exceptions import InvalidInput, NotNow
from core.models import ActivityEntry, OutboxMail
from learningcircles.domain.circles import add_member, edit_circle, remove_member, start_circle
from learningcircles.models import Circle
from tests import factories as make
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now


def test_whoever_starts_a_circle_facilitates_it(stage):
    circle = start_circle(stage.programme, by=stage.facilitator, theme="  Housing   first ")
    assert circle.theme == "Housing first"
    assert list(circle.facilitators.all()) == [stage.facilitator]
    assert ActivityEntry.objects.get(verb="start_circle").actor == stage.facilitator


def test_the_same_form_twice_starts_one_circle(stage):
    key = uuid.uuid4()
    first = start_circle(stage.programme, by=stage.facilitator, theme="Housing", key=key)
    assert start_circle(stage.programme, by=stage.facilitator, theme="Housing", key=key) == first
    assert Circle.objects.filter(theme="Housing").count() == 1


@pytest.mark.parametrize("theme", ["", "   ", "debt HELP"])
def test_a_circle_needs_a_theme_of_its_own(stage, theme):
    with pytest.raises(InvalidInput):
        start_circle(stage.programme, by=stage.facilitator, theme=theme)


def test_a_circle_may_keep_its_theme_when_its_goal_changes(stage):
    edit_circle(stage.circle, by=stage.facilitator, theme="Debt help", goal="Sooner")
    assert Circle.objects.get(pk=stage.circle.pk).goal == "Sooner"


def test_who_joins_is_invited_to_what_is_still_to_come(stage):
    coming = meet.SessionFactory(circle=stage.circle)
    past = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-50))
    add_member(stage.circle, stage.management, by=stage.facilitator)
    assert coming.attendances.filter(membership=stage.management).exists()
    assert not past.attendances.exists()
    assert [mail.to for mail in OutboxMail.objects.all()] == [stage.management.user.email]


def test_joining_twice_is_joining_once(stage):
    first = add_member(stage.circle, stage.management, by=stage.facilitator)
    assert add_member(stage.circle, stage.management, by=stage.facilitator) == first


def test_nobody_joins_from_an_organisation_that_does_not_take_part(stage):
    with pytest.raises(InvalidInput):
        add_member(stage.circle, stage.stranger, by=stage.facilitator)


def test_nobody_joins_who_left_the_organisation(stage):
    gone = make.MembershipFactory(organisation=stage.here, left_on=dt.date(2026, 1, 1))
    with pytest.raises(InvalidInput):
        add_member(stage.circle, gone, by=stage.facilitator)


def test_who_leaves_keeps_what_they_attended_and_loses_what_is_to_come(stage):
    past = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-50), state="held")
    coming = meet.SessionFactory(circle=stage.circle)
    for session in (past, coming):
        meet.AttendanceFactory(session=session, membership=stage.member)
    remove_member(stage.circle.members.get(membership=stage.member), by=stage.facilitator)
    assert past.attendances.count() == 1
    assert coming.attendances.count() == 0
    assert "METHOD:CANCEL" in OutboxMail.objects.get().attachment


def test_who_is_removed_while_a_session_goes_on_stays_on_its_list(stage):
    going_on = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-0.5))
    meet.AttendanceFactory(session=going_on, membership=stage.member, presence="present")
    remove_member(stage.circle.members.get(membership=stage.member), by=stage.facilitator)
    assert going_on.attendances.get().presence == "present"


def test_leaving_twice_changes_nothing_and_leaving_before_joining_is_refused(stage):
    member = stage.circle.members.get(membership=stage.member)
    with pytest.raises(NotNow):
        remove_member(member, by=stage.facilitator, left_on=dt.date(2025, 1, 1))
    remove_member(member, by=stage.facilitator, left_on=dt.date(2026, 5, 1))
    remove_member(member, by=stage.facilitator, left_on=dt.date(2026, 9, 1))
    member.refresh_from_db()
    assert member.left_on == dt.date(2026, 5, 1)
