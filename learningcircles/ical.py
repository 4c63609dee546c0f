"""A session as iCalendar (RFC 5545, RFC 5546): what mail programmes put in an agenda.

Times are written in UTC, so that no calendar needs our rules for daylight saving.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from learningcircles.models import Session
from people.models import User

REQUEST = "REQUEST"
CANCEL = "CANCEL"
PUBLISH = "PUBLISH"


def session_url(session: Session) -> str:
    """The address of a session's page, for mails and calendars."""
    return settings.BASE_URL + reverse("session", args=[session.programme.code, session.pk])


def _person(user: User) -> vCalAddress:
    address = vCalAddress(f"mailto:{user.email}")
    address.params["CN"] = vText(user.name or user.email)
    return address


def _organizer(session: Session) -> vCalAddress:
    """Who leads the session, or the address that Benchlearn sends from."""
    if session.led_by is not None:
        return _person(session.led_by)
    sender = settings.DEFAULT_FROM_EMAIL.rsplit("<", 1)[-1].rstrip("> ")
    address = vCalAddress(f"mailto:{sender}")
    address.params["CN"] = vText("Benchlearn")
    return address


def _event(session: Session, method: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", session.uid)
    event.add("sequence", session.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("summary", session.title)
    event.add("description", f"{session.goal}\n\n{session_url(session)}".strip())
    event.add("location", session.place or session.online_link)
    event.add("url", session_url(session))
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", _organizer(session))
    return event


def session_calendar(
    session: Session,
    *,
    method: str,
    to: User | None = None,
    stamp: datetime | None = None,
) -> str:
    """The calendar text of one session; `to` is the one guest that the mail goes to.

    Guests aren't shown to one another: each gets a calendar that names only themselves.
    """
    event = _event(session, method, stamp or timezone.now())
    if to is not None:
        guest = _person(to)
        guest.params["ROLE"] = vText("REQ-PARTICIPANT")
        guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
        guest.params["RSVP"] = vText("FALSE")
        event.add("attendee", guest, encode=0)
    calendar = Calendar()
    calendar.add("prodid", "-//Benchlearn//Benchlearn//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return calendar.to_ical().decode("utf-8")
