"""Meetings as iCalendar (RFC 5545, RFC 5546): what mail programmes put in an agenda.

Times are written in UTC, so that no calendar needs our rules for daylight saving. A meeting keeps
its UID for life, and each change counts up its SEQUENCE: by those two a calendar knows that a mail
moves or cancels what it has.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

REQUEST = "REQUEST"
CANCEL = "CANCEL"
PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody in a calendar."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What stands in an agenda."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    is_cancelled: bool = False
    organizer: Attendee | None = None


def sender() -> Attendee:
    """The address that Benchlearn sends from: who organises what nobody else does."""
    address = settings.DEFAULT_FROM_EMAIL.rsplit("<", 1)[-1].rstrip("> ")
    return Attendee("Benchlearn", address)


def _address(one: Attendee) -> vCalAddress:
    address = vCalAddress(f"mailto:{one.email}")
    address.params["CN"] = vText(one.name or one.email)
    return address


def _event(meeting: Meeting, stamp: datetime, guest: Attendee | None) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", meeting.summary)
    event.add("description", meeting.description)
    event.add("location", meeting.location)
    if meeting.url:
        event.add("url", meeting.url)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("organizer", _address(meeting.organizer or sender()))
    if guest is not None:
        attendee = _address(guest)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee, encode=0)
    return event


def calendar_text(
    meetings: Iterable[Meeting], *, method: str, stamp: datetime, to: Attendee | None = None
) -> str:
    """The calendar of these meetings; `to` is the one guest that a mail goes to.

    Guests aren't shown to one another: each gets a calendar that names only themselves. A calendar
    that is published (a feed) names none.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Benchlearn//Benchlearn//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for meeting in meetings:
        calendar.add_component(_event(meeting, stamp, to))
    return calendar.to_ical().decode("utf-8")


def invitation(
    meeting: Meeting, *, method: str, stamp: datetime, to: Attendee
) -> tuple[str, str, str]:
    """The attachment of a mail (core/outbox.py) that puts a meeting in a calendar, or out of it."""
    text = calendar_text([meeting], method=method, stamp=stamp, to=to)
    return ("invite.ics", f"text/calendar; method={method}; charset=utf-8", text)
