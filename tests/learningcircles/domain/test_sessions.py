"""Planning, moving, calling off, inviting, recording."""

import datetime as dt
import uuid

import pytest

from core.exceptions import EditConflict, InvalidInput, NotNow
from core.models import OutboxMail
from learningcircles.domain import sessions as decide
from learningcircles.models import Session
from tests import factories as make
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now


def plan(stage, **fields):
    told = {
        "kind": "learning_circle",
        "circle": stage.circle,
        "title": "First meeting",
        "starts_at": hours_from_now(24),
        "ends_at": hours_from_now(26),
    }
    return decide.plan_session(stage.programme, by=stage.facilitator, **{**told, **fields})


def guests(session):
    return {row.membership for row in session.attendances.all()}


def test_the_circle_is_invited_by_mail(stage):
    session = plan(stage)
    assert guests(session) == {stage.member, stage.other_member}
    assert {mail.to for mail in OutboxMail.objects.all()} == {
        stage.member.user.email,
        stage.other_member.user.email,
    }
    assert session.led_by == stage.facilitator


def test_the_people_of_the_organisation_are_invited_to_its_interpretation_session(stage):
    session = plan(stage, kind="interpretation", circle=None, organisation=stage.here)
    assert guests(session) == {stage.member, stage.management}


def test_others_may_be_invited_besides_but_not_who_left(stage):
    gone = make.MembershipFactory(organisation=stage.here, left_on=dt.date(2026, 1, 1))
    session = plan(stage, invitees=[stage.management, stage.member, gone])
    assert guests(session) == {stage.member, stage.other_member, stage.management}


def test_the_same_form_twice_plans_one_session_and_mails_once(stage):
    key = uuid.uuid4()
    assert plan(stage, key=key) == plan(stage, key=key)
    assert OutboxMail.objects.count() == 2


def test_a_session_in_the_past_is_recorded_without_mail(stage):
    plan(stage, starts_at=hours_from_now(-30), ends_at=hours_from_now(-28))
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "  "},
        {"ends_at": hours_from_now(2)},
        {"circle": None},
        {"kind": "interpretation", "circle": None},
    ],
    ids=["no title", "ends before", "no circle", "no organisation"],
)
def test_a_session_that_cannot_be_is_refused_in_words(stage, wrong):
    with pytest.raises(InvalidInput):
        plan(stage, **wrong)
    assert not Session.objects.exists()


def test_a_session_belongs_to_the_cycle_of_its_day(stage):
    later = make.CycleFactory(
        programme=stage.programme,
        name="2027",
        starts_on=dt.date(2027, 1, 1),
        ends_on=dt.date(2027, 12, 31),
    )
    at = dt.datetime(2027, 5, 1, 10, tzinfo=dt.UTC)
    assert plan(stage, starts_at=at, ends_at=at + dt.timedelta(hours=1)).cycle == later


def test_a_new_time_asks_everyone_again(stage):
    session = plan(stage)
    session.attendances.update(reply="coming")
    OutboxMail.objects.all().delete()
    moved = decide.move_session(
        session, by=stage.facilitator, starts_at=hours_from_now(48), ends_at=hours_from_now(50)
    )
    assert moved.sequence == 1
    assert set(moved.attendances.values_list("reply", flat=True)) == {""}
    assert OutboxMail.objects.count() == 2


def test_another_goal_is_no_reason_for_a_mail(stage):
    session = plan(stage)
    moved = decide.move_session(session, by=stage.facilitator, goal="To choose")
    assert (moved.goal, moved.sequence) == ("To choose", 0)
    assert OutboxMail.objects.count() == 2


def test_two_facilitators_who_move_one_session_are_not_both_right(stage):
    session = plan(stage)
    decide.move_session(session, by=stage.facilitator, sequence=0, place="Town hall")
    with pytest.raises(EditConflict):
        decide.move_session(session, by=stage.facilitator, sequence=0, place="Library")
    session.refresh_from_db()
    assert session.place == "Town hall"


def test_a_session_is_called_off_once(stage):
    session = plan(stage)
    decide.cancel_session(session, by=stage.facilitator)
    decide.cancel_session(session, by=stage.facilitator)
    assert OutboxMail.objects.filter(reference__endswith="cancelled").count() == 2
    for deed in (
        lambda: decide.move_session(session, by=stage.facilitator, place="Library"),
        lambda: decide.conclude_session(session, by=stage.facilitator),
        lambda: decide.record_attendance(
            Session.objects.get(pk=session.pk), by=stage.facilitator, presences={}
        ),
        lambda: decide.invite(
            Session.objects.get(pk=session.pk), stage.management, by=stage.facilitator
        ),
    ):
        with pytest.raises(NotNow):
            deed()


def test_somebody_may_say_whether_they_come(stage):
    mine = plan(stage).attendances.get(membership=stage.member)
    assert decide.reply_to_invitation(mine, reply="not_coming").reply == "not_coming"
    with pytest.raises(InvalidInput):
        decide.reply_to_invitation(mine, reply="perhaps")


def test_attendance_is_recorded_for_who_is_named_and_others_stay(stage):
    session = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-1))
    one = meet.AttendanceFactory(session=session)
    two = meet.AttendanceFactory(session=session, presence="present")
    changed = decide.record_attendance(
        session,
        by=stage.facilitator,
        presences={one.pk: "substitute"},
        substitutes={one.pk: "Jan Vervanger"},
    )
    one.refresh_from_db()
    two.refresh_from_db()
    assert changed == 1
    assert (one.presence, one.substitute_name, two.presence) == (
        "substitute",
        "Jan Vervanger",
        "present",
    )


def test_attendance_of_another_session_or_another_way_is_not_stored(stage):
    session = meet.SessionFactory(circle=stage.circle)
    foreign = meet.AttendanceFactory()
    own = meet.AttendanceFactory(session=session)
    record = decide.record_attendance
    assert record(session, by=stage.facilitator, presences={foreign.pk: "present"}) == 0
    with pytest.raises(InvalidInput):
        record(session, by=stage.facilitator, presences={own.pk: "asleep"})


def test_the_record_is_closed_after_the_session_began_not_before(stage):
    with pytest.raises(NotNow):
        decide.conclude_session(plan(stage), by=stage.facilitator)
    began = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-1))
    assert decide.conclude_session(began, by=stage.facilitator).is_held
    assert decide.conclude_session(began, by=stage.facilitator).is_held
