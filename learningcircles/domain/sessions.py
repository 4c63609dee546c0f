"""Decisions on sessions: planning, moving, cancelling, inviting, recording."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Cycle, Programme
from core.exceptions import EditConflict, InvalidInput, NotNow
from core.models import log_activity
from learningcircles.domain.afterwards import ANSWERABLE, ask_feedback
from learningcircles.domain.invitations import CANCELLED, INVITED, MOVED, mail_guests
from learningcircles.domain.locks import locked_session
from learningcircles.enums import OWN_ROLES, Presence, Reply, SessionKind, SessionState
from learningcircles.models import Attendance, Session
from people.models import Membership

ON_THE_CALENDAR = ("title", "starts_at", "ends_at", "place", "online_link")
"""What a calendar shows: a change of one of these is sent to the guests."""


def cycle_at(programme: Programme, moment: datetime) -> Cycle | None:
    """The cycle whose period holds this moment, or else the last one that had begun."""
    day = timezone.localtime(moment).date()
    begun = programme.cycles.filter(starts_on__lte=day).order_by("starts_on")
    return begun.filter(ends_on__gte=day).last() or begun.last()


def _check(session: Session) -> None:
    """What the database would refuse, said in words."""
    if not session.title:
        raise InvalidInput(_("A session needs a title."))
    if session.ends_at <= session.starts_at:
        raise InvalidInput(_("A session can't end before it starts."))
    if session.kind == SessionKind.LEARNING_CIRCLE and session.circle is None:
        raise InvalidInput(_("Choose the learning circle that meets."))
    if session.kind == SessionKind.INTERPRETATION and session.organisation is None:
        raise InvalidInput(_("Choose the organisation that this session is for."))


def _first_guests(session: Session, invitees: Iterable[Membership]) -> list[Membership]:
    """The circle's members, the organisation's people, and whoever is named besides."""
    guests = {membership.pk: membership for membership in invitees}
    people = Membership.objects.none()
    if session.circle is not None:
        members = session.circle.members.current()
        people = Membership.objects.filter(pk__in=members.values("membership"))
    elif session.organisation is not None:
        people = session.organisation.memberships.filter(
            left_on=None, roles__role__in=OWN_ROLES
        ).distinct()
    guests.update((membership.pk, membership) for membership in people)
    return [guest for guest in guests.values() if guest.left_on is None]


@transaction.atomic
def plan_session(
    programme: Programme,
    *,
    by: Any,
    invitees: Iterable[Membership] = (),
    key: UUID | None = None,
    now: datetime | None = None,
    mail: bool = True,
    **fields: Any,
) -> Session:
    """Plan a session and invite its guests by mail, with a calendar item.

    `fields` are those of Session (kind, title, starts_at, ends_at, circle, ...). The same `key`
    (a form posted twice) gives the same session, and no second mail.
    """
    if key and (made := Session.objects.filter(key=key, programme=programme).first()):
        return made
    session = Session(programme=programme, key=key, **{"led_by": by, **fields})
    session.title = " ".join(session.title.split())
    _check(session)
    session.cycle = session.cycle or cycle_at(programme, session.starts_at)
    session.save()
    Attendance.objects.bulk_create(
        Attendance(session=session, membership=guest) for guest in _first_guests(session, invitees)
    )
    log_activity(session, "plan_session", actor=by)
    if mail:
        mail_guests(session, INVITED, attendances=_guests(session), now=now)
    return session


def _guests(session: Session) -> Any:
    return session.attendances.select_related("membership__user")


def _check_planned(session: Session) -> None:
    if session.state != SessionState.PLANNED:
        raise NotNow(
            _("This session is %(state)s; that can't be changed any more.")
            % {"state": session.get_state_display()}
        )


@transaction.atomic
def move_session(
    session: Session,
    *,
    by: Any,
    sequence: int | None = None,
    now: datetime | None = None,
    **fields: Any,
) -> Session:
    """Change time, place, title or goal; the guests' calendars follow when it concerns them.

    `sequence` is the one that the editor saw: if somebody moved the session in between, nothing
    is stored. A new time asks everyone again whether they come.
    """
    current = locked_session(session)
    _check_planned(current)
    changed = {name for name, value in fields.items() if getattr(current, name) != value}
    if changed and sequence is not None and sequence != current.sequence:
        raise EditConflict(_("Somebody else changed this session in between. Look at it again."))
    for name in changed:
        setattr(current, name, fields[name])
    current.title = " ".join(current.title.split())
    _check(current)
    tells = bool(changed & set(ON_THE_CALENDAR))
    current.sequence += int(tells)
    current.save()
    if changed & {"starts_at", "ends_at"}:
        current.attendances.update(reply=Reply.NONE)
    if changed:
        log_activity(current, "move_session", actor=by, changed=sorted(changed))
    if tells:
        mail_guests(current, MOVED, attendances=_guests(current), now=now)
    return current


@transaction.atomic
def cancel_session(session: Session, *, by: Any, now: datetime | None = None) -> Session:
    """Call a session off; it disappears from the guests' calendars."""
    current = locked_session(session)
    if current.state == SessionState.CANCELLED:
        return current
    _check_planned(current)
    current.state = SessionState.CANCELLED
    current.sequence += 1
    current.save()
    log_activity(current, "cancel_session", actor=by)
    mail_guests(current, CANCELLED, attendances=_guests(current), now=now)
    return current


@transaction.atomic
def invite(
    session: Session, membership: Membership, *, by: Any, now: datetime | None = None
) -> Attendance:
    """Invite one more person, by mail if the session is still to come."""
    if session.state == SessionState.CANCELLED:
        raise NotNow(_("This session was cancelled."))
    if membership.left_on is not None:
        raise InvalidInput(_("This person left the organisation."))
    attendance, new = Attendance.objects.get_or_create(session=session, membership=membership)
    if new:
        log_activity(session, "invite", actor=by, membership=membership.pk)
        mail_guests(session, INVITED, attendances=[attendance], now=now)
    return attendance


@transaction.atomic
def withdraw_invitation(attendance: Attendance, *, by: Any, now: datetime | None = None) -> None:
    """Take one person off the list of a session that is still to come."""
    session = locked_session(attendance.session)
    _check_planned(session)
    session.sequence += 1
    session.save(update_fields=["sequence", "modified_at"])
    mail_guests(session, CANCELLED, attendances=[attendance], now=now)
    log_activity(session, "withdraw_invitation", actor=by, membership=attendance.membership_id)
    attendance.delete()


@transaction.atomic
def reply_to_invitation(attendance: Attendance, *, reply: str) -> Attendance:
    """Say beforehand whether one comes."""
    if reply not in Reply.values:
        raise InvalidInput(_("Say whether you come."))
    _check_planned(attendance.session)
    attendance.reply = reply
    attendance.save(update_fields=["reply", "modified_at"])
    return attendance


@transaction.atomic
def record_attendance(
    session: Session,
    *,
    by: Any,
    presences: Mapping[int, str],
    substitutes: Mapping[int, str] | None = None,
    expertise: Mapping[int, str] | None = None,
) -> int:
    """Record who was there, {attendance id: presence}; people not named stay as they were.

    `substitutes` are names of who stood in, `expertise` what somebody brings to the table. Returns
    how many lines changed.
    """
    if session.state == SessionState.CANCELLED:
        raise NotNow(_("This session was cancelled."))
    names, fields = substitutes or {}, expertise or {}
    changed = 0
    for attendance in session.attendances.select_for_update().filter(pk__in=presences):
        presence = presences[attendance.pk]
        if presence not in Presence.values:
            raise InvalidInput(_("This is not a way of attending."))
        stands_in = names.get(attendance.pk, "") if presence == Presence.SUBSTITUTE else ""
        brings = " ".join(fields.get(attendance.pk, attendance.expertise).split())[:160]
        told = (presence, stands_in[:120], brings)
        if told != (attendance.presence, attendance.substitute_name, attendance.expertise):
            attendance.presence, attendance.substitute_name, attendance.expertise = told
            attendance.save()
            changed += 1
    if changed:
        log_activity(session, "record_attendance", actor=by, changed=changed)
    return changed


@transaction.atomic
def conclude_session(
    session: Session, *, by: Any, now: datetime | None = None, mail: bool = True
) -> Session:
    """Close the record: the session was held. Who was present is asked three questions by mail."""
    current = locked_session(session)
    if current.state == SessionState.HELD:
        return current
    _check_planned(current)
    if current.starts_at > (now or timezone.now()):
        raise NotNow(_("This session has not begun yet."))
    current.state = SessionState.HELD
    current.questions_close_at = (now or timezone.now()) + ANSWERABLE
    current.save(update_fields=["state", "questions_close_at", "modified_at"])
    log_activity(current, "conclude_session", actor=by)
    if mail:
        ask_feedback(current)
    return current
