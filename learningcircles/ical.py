"""A session as a meeting in a calendar (core/calendar.py)."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core.calendar import CANCEL, PUBLISH, REQUEST, Attendee, Meeting, calendar_text
from learningcircles.models import Session
from people.models import User

__all__ = ["CANCEL", "PUBLISH", "REQUEST", "session_calendar", "session_url"]


def session_url(session: Session) -> str:
    """The address of a session's page, for mails and calendars."""
    return settings.BASE_URL + reverse("session", args=[session.programme.code, session.pk])


def _person(user: User) -> Attendee:
    return Attendee(user.name, user.email)


def _meeting(session: Session, method: str) -> Meeting:
    return Meeting(
        uid=session.uid,
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=session.title,
        description=f"{session.goal}\n\n{session_url(session)}".strip(),
        location=session.place or session.online_link,
        url=session_url(session),
        is_cancelled=method == CANCEL,
        organizer=_person(session.led_by) if session.led_by is not None else None,
    )


def session_calendar(
    session: Session,
    *,
    method: str,
    to: User | None = None,
    stamp: datetime | None = None,
) -> str:
    """The calendar text of one session; `to` is the one guest that the mail goes to."""
    return calendar_text(
        [_meeting(session, method)],
        method=method,
        stamp=stamp or timezone.now(),
        to=_person(to) if to is not None else None,
    )
