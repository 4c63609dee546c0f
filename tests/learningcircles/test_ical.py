"""What arrives in calendars, read back with a calendar's own eyes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from core.models import OutboxMail
from learningcircles.domain.sessions import (
    cancel_session,
    invite,
    move_session,
    plan_session,
    withdraw_invitation,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = dt.datetime(2027, 1, 5, 9, tzinfo=dt.UTC)


@pytest.fixture
def session(stage):
    return plan_session(
        stage.programme,
        by=stage.facilitator,
        kind="learning_circle",
        circle=stage.circle,
        title="Één brief; in plaats van drie, en zo verder",
        goal="Eerste regel\nTweede regel",
        place="Stadhuis, kamer 3; begane grond",
        starts_at=dt.datetime(2027, 3, 23, 14, 0, tzinfo=AMSTERDAM),
        ends_at=dt.datetime(2027, 3, 23, 16, 0, tzinfo=AMSTERDAM),
        now=NOW,
    )


def mails(membership, event):
    return OutboxMail.objects.filter(to=membership.user.email, reference__endswith=event)


def read(mail):
    calendar = Calendar.from_ical(mail.attachment)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_an_invitation_is_a_request_for_one_guest(stage, session):
    mail = mails(stage.member, "invited").get()
    calendar, event = read(mail)
    assert mail.attachment_type == "text/calendar; method=REQUEST; charset=utf-8"
    assert mail.attachment_name == "invite.ics"
    assert calendar["METHOD"] == "REQUEST"
    assert calendar["VERSION"] == "2.0"
    assert event["UID"] == session.uid
    assert event["SEQUENCE"] == 0
    assert event["SUMMARY"] == session.title
    assert event["LOCATION"] == session.place
    assert "Tweede regel" in event["DESCRIPTION"]
    assert event["ATTENDEE"] == f"mailto:{stage.member.user.email}"
    assert event["ORGANIZER"] == f"mailto:{stage.facilitator.email}"
    assert stage.other_member.user.email not in mail.attachment


def test_times_are_in_utc_and_hold_over_the_change_of_the_clock(stage, session):
    _calendar, before = read(mails(stage.member, "invited").get())
    assert before.decoded("DTSTART") == dt.datetime(2027, 3, 23, 13, 0, tzinfo=dt.UTC)
    a_week_later = dt.datetime(2027, 3, 30, 14, 0, tzinfo=AMSTERDAM)
    move_session(
        session,
        by=stage.facilitator,
        starts_at=a_week_later,
        ends_at=a_week_later + dt.timedelta(hours=2),
        now=NOW,
    )
    mail = mails(stage.member, "moved").get()
    _calendar, after = read(mail)
    assert after.decoded("DTSTART") == dt.datetime(2027, 3, 30, 12, 0, tzinfo=dt.UTC)
    assert after.decoded("DTSTART").astimezone(AMSTERDAM).hour == 14
    assert "14:00-16:00" in mail.body


def test_a_move_keeps_the_uid_and_raises_the_sequence(stage, session):
    move_session(session, by=stage.facilitator, place="Bibliotheek", now=NOW)
    move_session(session, by=stage.facilitator, place="Stadhuis", now=NOW)
    sequences = [read(mail)[1]["SEQUENCE"] for mail in mails(stage.member, "moved")]
    assert sequences == [1, 2]
    assert {read(mail)[1]["UID"] for mail in mails(stage.member, "moved")} == {session.uid}


def test_calling_off_is_a_cancel_not_a_request(stage, session):
    cancel_session(session, by=stage.facilitator, now=NOW)
    mail = mails(stage.member, "cancelled").get()
    calendar, event = read(mail)
    assert calendar["METHOD"] == "CANCEL"
    assert "method=CANCEL" in mail.attachment_type
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 1, session.uid)


def test_who_is_taken_off_the_list_gets_a_cancel_and_nobody_else(stage, session):
    guest = invite(session, stage.management, by=stage.facilitator, now=NOW)
    withdraw_invitation(guest, by=stage.facilitator, now=NOW)
    assert read(mails(stage.management, "cancelled").get())[0]["METHOD"] == "CANCEL"
    assert not mails(stage.member, "cancelled").exists()


def test_who_was_taken_off_and_is_invited_again_gets_a_newer_request(stage, session):
    guest = invite(session, stage.management, by=stage.facilitator, now=NOW)
    withdraw_invitation(guest, by=stage.facilitator, now=NOW)
    session.refresh_from_db()
    invite(session, stage.management, by=stage.facilitator, now=NOW)
    sequences = [read(mail)[1]["SEQUENCE"] for mail in mails(stage.management, "invited")]
    assert sequences == [0, 1]


def test_each_guest_is_written_to_in_the_own_language(stage):
    stage.other_member.user.language = "en"
    stage.other_member.user.save()
    plan_session(
        stage.programme,
        by=stage.facilitator,
        kind="learning_circle",
        circle=stage.circle,
        title="Talk",
        starts_at=dt.datetime(2027, 3, 23, 14, 0, tzinfo=AMSTERDAM),
        ends_at=dt.datetime(2027, 3, 23, 16, 0, tzinfo=AMSTERDAM),
        now=NOW,
    )
    assert "Tuesday 23 March 2027" in mails(stage.other_member, "invited").get().body
    assert "dinsdag 23 maart 2027" in mails(stage.member, "invited").get().body


def test_a_line_break_in_a_title_does_not_reach_the_calendar(stage, session):
    moved = move_session(
        session, by=stage.facilitator, title="Talk\r\nATTENDEE:mailto:x@example.org", now=NOW
    )
    _calendar, event = read(mails(stage.member, "moved").get())
    assert event["ATTENDEE"] == f"mailto:{stage.member.user.email}"
    assert moved.sequence == 1


def test_the_session_can_be_put_in_a_calendar_by_hand(stage, session, signed_in):
    answer = signed_in(stage.member).get(reverse("session_ics", args=[stage.code, session.pk]))
    calendar = Calendar.from_ical(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar.walk("VEVENT")[0]["UID"] == session.uid
