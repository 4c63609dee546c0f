"""What arrives in calendars, read back with a calendar's own eyes and held to RFC 5546."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from core.models import OutboxMail
from surveys.domain.asking import Colleague, bring_along
from surveys.domain.booking import cancel_interview, move_interview
from surveys.domain.diaries import diary_of, feed_token, renew_feed
from tests.surveys.interviews.stories import NOW, Asked, at, hours

pytestmark = pytest.mark.django_db
NEEDED = ("DTSTAMP", "DTSTART", "ORGANIZER", "UID", "SUMMARY", "SEQUENCE")


@pytest.fixture
def scene():
    return Asked()


def read(text):
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "folded (RFC 5545, 3.1)"
    calendar = Calendar.from_ical(text)
    return calendar, list(calendar.walk("VEVENT"))


def sent_to(address, event):
    rows = OutboxMail.objects.filter(to=address, reference__endswith=f":{event}").order_by("pk")
    found = []
    for mail in rows:
        calendar, (meeting,) = read(mail.attachment)
        method = str(calendar["METHOD"])
        assert f"method={method};" in mail.attachment_type and calendar["VERSION"] == "2.0"
        assert all(name in meeting for name in NEEDED) and "ATTENDEE" in meeting
        found.append((method, meeting))
    return found


def test_a_booking_is_a_request_that_names_one_guest(scene):
    interview = scene.book()
    respondent = scene.people[0].email
    ((method, meeting),) = sent_to(respondent, "booked")
    assert (method, meeting["UID"], meeting["SEQUENCE"]) == ("REQUEST", interview.uid, 0)
    assert meeting["STATUS"] == "CONFIRMED"
    assert meeting["ATTENDEE"] == f"mailto:{respondent}"
    assert meeting["ORGANIZER"] == f"mailto:{interview.interviewer.email}"
    assert meeting.decoded("DTSTART") == at(3, 10) and meeting.decoded("DTEND") == at(3, 11)
    assert f"/i/{scene.token()}/" in meeting["DESCRIPTION"]
    ((_method, own),) = sent_to(interview.interviewer.email, "booked")
    assert own["ATTENDEE"] == f"mailto:{interview.interviewer.email}" != own["ORGANIZER"]
    assert scene.token() not in OutboxMail.objects.get(to=interview.interviewer.email).body


def test_moving_counts_up_and_calling_off_cancels_the_same_meeting(scene):
    interview = scene.book()
    respondent = scene.people[0].email
    move_interview(scene.people[0], starts_at=at(31, 10), now=NOW)
    cancel_interview(scene.people[0], now=NOW)
    (_first, (method, moved)) = sent_to(respondent, "booked")
    assert (method, moved["UID"], moved["SEQUENCE"]) == ("REQUEST", interview.uid, 1)
    # In summer time by now: ten o'clock is another moment in UTC.
    assert moved.decoded("DTSTART") == dt.datetime(2027, 3, 31, 8, tzinfo=dt.UTC)
    for address in (respondent, interview.interviewer.email):
        ((method, off),) = sent_to(address, "cancelled")
        assert (method, off["STATUS"], off["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
        assert off["UID"] == interview.uid


def test_who_takes_over_gets_a_request_and_who_had_it_a_cancel_with_a_higher_number(scene):
    interview = scene.book()
    earlier = interview.interviewer
    hours(earlier, weekly=[(2, dt.time(10), dt.time(11))])
    moved = move_interview(scene.people[0], starts_at=at(4, 10), now=NOW)
    ((method, off),) = sent_to(earlier.email, "cancelled")
    assert (method, off["UID"], off["SEQUENCE"]) == ("CANCEL", interview.uid, 1)
    assert off.decoded("DTSTART") == at(3, 10)
    ((method, new),) = sent_to(moved.interviewer.email, "booked")
    assert (method, new["UID"], new["SEQUENCE"]) == ("REQUEST", interview.uid, 1)


def test_mails_speak_the_language_and_clock_of_who_reads_them(scene):
    one = scene.people[0]
    one.language, one.time_zone = "en", "America/Curacao"
    one.save()
    scene.book()
    mail = OutboxMail.objects.get(to=one.email, reference__endswith=":booked")
    assert "Wednesday 3 March 2027" in mail.body and "05:00" in mail.body
    assert "America/Curacao" in mail.body and mail.subject.startswith("Your interview")
    bring_along(one, colleague=Colleague("Bo", "bo@example.org"), now=NOW)
    second = OutboxMail.objects.get(to="bo@example.org")
    assert "05:00" in second.body and "Bo" in second.body
    ((_m, _first), (_method, changed)) = sent_to(one.email, "booked")
    assert changed["SEQUENCE"] == 1 and "bo@example.org" not in str(changed)


def test_the_private_calendar_holds_ones_own_interviews_behind_an_address_of_its_own(scene):
    first, second = scene.book(0), scene.book(1)
    diary = diary_of(first.interviewer)
    url = reverse("interview_feed", args=[feed_token(diary)])
    answer = Client().get(url)
    calendar, meetings = read(answer.content.decode())
    assert answer["Content-Type"].startswith("text/calendar") and not answer.cookies
    assert calendar["METHOD"] == "PUBLISH"
    assert [meeting["UID"] for meeting in meetings] == [first.uid] and first.uid != second.uid
    assert "ATTENDEE" not in meetings[0] and "ORGANIZER" in meetings[0]
    cancel_interview(scene.people[0], now=NOW)
    assert read(Client().get(url).content.decode())[1] == []
    renew_feed(diary)
    assert Client().get(url).status_code == 404
    for wrong in ("x", "x-1", f"{'x' * 32}-{diary.pk}", "-"):
        assert Client().get(reverse("interview_feed", args=[wrong])).status_code == 404
    token = feed_token(diary)
    scene.programme.appointments.filter(user=diary.user).delete()
    assert read(Client().get(reverse("interview_feed", args=[token])).content.decode())[1] == []


def test_the_coordinator_has_the_calendar_of_the_round(scene):
    made = {scene.book(0).uid, scene.book(1).uid}
    cleo = Client()
    cleo.force_login(scene.cleo)
    args = [scene.programme.code, scene.asked.pk]
    page = cleo.get(reverse("interview_calendar", args=args)).content.decode()
    assert scene.people[0].name in page and scene.people[1].name in page
    file = cleo.get(reverse("interview_calendar_file", args=args)).content.decode()
    assert {str(meeting["UID"]) for meeting in read(file)[1]} == made
    ida = Client()
    ida.force_login(scene.ida)
    mine = ida.get(reverse("interview_calendar", args=args)).content.decode()
    assert len(re.findall(r'id="i\d+"', mine)) == 1
    assert ida.get(reverse("interview_calendar_file", args=args)).status_code == 404
