"""The mails about a session, each with a calendar item, written into the outbox."""

from collections.abc import Iterable
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.outbox import queue_mail
from learningcircles.ical import CANCEL, REQUEST, session_calendar, session_url
from learningcircles.models import Attendance, Session
from people.models import Membership, User

INVITED = "invited"
MOVED = "moved"
CANCELLED = "cancelled"

TEMPLATES = {
    INVITED: "learningcircles/mail/invitation.txt",
    MOVED: "learningcircles/mail/moved.txt",
    CANCELLED: "learningcircles/mail/cancelled.txt",
}


def _subject(session: Session, event: str) -> str:
    if event == MOVED:
        return _("Changed: %(title)s") % {"title": session.title}
    if event == CANCELLED:
        return _("Cancelled: %(title)s") % {"title": session.title}
    return _("Invitation: %(title)s") % {"title": session.title}


def _mail(session: Session, attendance_id: int, user: User, event: str, stamp: datetime) -> None:
    """One mail to one guest, in the guest's language. The same change is never mailed twice."""
    method = CANCEL if event == CANCELLED else REQUEST
    calendar = session_calendar(session, method=method, to=user, stamp=stamp)
    with translation.override(user.language):
        context = {"session": session, "guest": user, "url": session_url(session)}
        queue_mail(
            to=user.email,
            subject=_subject(session, event),
            body=render_to_string(TEMPLATES[event], context),
            reference=f"session:{session.pk}:{event}",
            dedupe_key=f"session:{session.pk}:{session.sequence}:{event}:{attendance_id}",
            attachment=(
                "invite.ics",
                f"text/calendar; method={method}; charset=utf-8",
                calendar,
            ),
        )


def mail_guests(
    session: Session, event: str, *, attendances: Iterable[Attendance], now: datetime | None = None
) -> None:
    """Tell these guests of the event, unless the session has begun: then there is no use."""
    stamp = now or timezone.now()
    if session.starts_at <= stamp:
        return
    for attendance in attendances:
        membership: Membership = attendance.membership
        if membership.left_on is None and membership.user.is_active:
            _mail(session, attendance.pk, membership.user, event, stamp)
