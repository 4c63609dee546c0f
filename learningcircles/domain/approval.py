"""The life of minutes: draft, sent to who was there, approved by each organisation, final."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import EditConflict, InvalidInput, NotNow
from core.models import log_activity
from learningcircles.domain.afterwards import tell_deliverers
from learningcircles.domain.locks import locked_session
from learningcircles.domain.minutes_mail import ask_approval
from learningcircles.domain.papers import request_papers
from learningcircles.domain.record import record_of
from learningcircles.enums import MinutesState, Presence, SessionState
from learningcircles.models import Addendum, Approval, Attendance, MinuteEdit, Minutes, Session
from people.models import Membership

THERE = (Presence.PRESENT, Presence.SUBSTITUTE)


def there(session: Session) -> Any:
    """Who was there, or sent somebody: their organisations approve the minutes."""
    return Attendance.objects.filter(session=session, presence__in=THERE)


def organisations_asked(session: Session) -> set[int]:
    """Primary keys of the organisations whose word the minutes need."""
    return set(there(session).values_list("membership__organisation", flat=True))


def _previous(session: Session) -> Minutes | None:
    """The minutes of the last session before this of the same circle, organisation, or kind."""
    earlier = Minutes.objects.exclude(session=session).filter(
        session__programme=session.programme_id, session__starts_at__lt=session.starts_at
    )
    if session.circle_id:
        earlier = earlier.filter(session__circle=session.circle_id)
    else:
        earlier = earlier.filter(
            session__circle=None,
            session__organisation=session.organisation_id,
            session__kind=session.kind,
        )
    return earlier.order_by("-session__starts_at").first()


def _held(session: Session) -> Minutes:
    """The minutes of a session, both held until the end of the transaction."""
    current = locked_session(session)
    minutes, _new = Minutes.objects.select_for_update().get_or_create(session=current)
    minutes.session = current
    return minutes


@transaction.atomic
def send_minutes(
    session: Session, *, by: Any, now: datetime | None = None, mail: bool = True
) -> Minutes:
    """Send the minutes to who was there. From here on they are what was sent, word for word."""
    minutes = _held(session)
    if minutes.is_sent:
        return minutes
    if minutes.is_final:
        raise NotNow(_("The minutes are final. What is missing is added as an addendum."))
    if minutes.session.state != SessionState.HELD:
        raise NotNow(_("Close the record of the session first."))
    if not organisations_asked(session):
        raise NotNow(_("Record first who was there: they approve the minutes."))
    if MinuteEdit.objects.filter(item__session=session, settled_at=None).exists():
        raise NotNow(_("Two texts still wait to be put together. Do that first."))
    minutes.state = MinutesState.SENT
    minutes.sent_at = now or timezone.now()
    minutes.round += 1
    minutes.previous = _previous(session)
    minutes.content = record_of(minutes.session)
    minutes.save()
    log_activity(session, "send_minutes", actor=by, round=minutes.round)
    if mail:
        ask_approval(minutes, there(session).select_related("membership__user"))
    return minutes


@transaction.atomic
def reopen_minutes(session: Session, *, by: Any) -> Minutes:
    """Take minutes that were sent back to draft: they will be sent and approved again."""
    minutes = _held(session)
    if minutes.is_final:
        raise NotNow(_("The minutes are final. What is missing is added as an addendum."))
    if minutes.is_sent:
        minutes.state = MinutesState.DRAFT
        minutes.save()
        log_activity(session, "reopen_minutes", actor=by)
    return minutes


def _check_attended(session: Session, membership: Membership) -> None:
    mine = there(session).filter(membership=membership, membership__left_on=None)
    if not mine.exists():
        raise NotNow(_("Only who was there can approve the minutes."))


@transaction.atomic
def approve_minutes(
    session: Session,
    *,
    membership: Membership,
    round_seen: int,
    approved: bool,
    remark: str = "",
    now: datetime | None = None,
) -> Minutes:
    """Say, for the own organisation, that the minutes are right, or what is not.

    `round_seen` is the sending that was read: a word about an older text counts for nothing. When
    every organisation that was there has approved, the minutes are final.
    """
    minutes = _held(session)
    if not minutes.is_sent:
        raise NotNow(_("These minutes are not waiting for approval."))
    if minutes.round != round_seen:
        raise EditConflict(_("The minutes were changed and sent again. Read them once more."))
    _check_attended(session, membership)
    remark = remark.strip()
    if not approved and not remark:
        raise InvalidInput(_("Say what is not right."))
    Approval.objects.update_or_create(
        minutes=minutes,
        organisation=membership.organisation,
        round=minutes.round,
        defaults={
            "approved": approved,
            "remark": remark,
            "by": membership,
            "at": now or timezone.now(),
        },
    )
    log_activity(session, "approve_minutes", actor=membership.user, approved=approved)
    if not missing_approvals(minutes):
        _make_final(minutes, by=membership.user, reason="", now=now)
    return minutes


def missing_approvals(minutes: Minutes) -> set[int]:
    """Organisations that were there and did not approve what was sent last."""
    given = minutes.approvals.filter(round=minutes.round, approved=True)
    return organisations_asked(minutes.session) - set(given.values_list("organisation", flat=True))


@transaction.atomic
def finalise_minutes(
    session: Session, *, by: Any, reason: str, now: datetime | None = None, mail: bool = True
) -> Minutes:
    """Make minutes final although an organisation did not approve them, and say why."""
    minutes = _held(session)
    if minutes.is_final:
        return minutes
    if not minutes.is_sent:
        raise NotNow(_("These minutes are not waiting for approval."))
    if not reason.strip():
        raise InvalidInput(_("Say why they are final without the word of every organisation."))
    _make_final(minutes, by=by, reason=reason.strip(), now=now, mail=mail)
    return minutes


def _make_final(
    minutes: Minutes, *, by: Any, reason: str, now: datetime | None, mail: bool = True
) -> None:
    minutes.state = MinutesState.FINAL
    minutes.final_at = now or timezone.now()
    minutes.final_reason = reason
    minutes.save()
    log_activity(minutes.session, "finalise_minutes", actor=by)
    request_papers(minutes=minutes)
    if mail:
        tell_deliverers(minutes.session)


@transaction.atomic
def add_addendum(
    session: Session, *, by: Any, text: str, at: datetime | None = None, key: UUID | None = None
) -> Addendum:
    """Correct final minutes: what is said stands beside them, with name and day."""
    minutes = _held(session)
    if key and (made := minutes.addenda.filter(key=key).first()):
        return made
    if not minutes.is_final:
        raise NotNow(_("These minutes are not final yet: change them themselves."))
    if not text.strip():
        raise InvalidInput(_("Write what is corrected."))
    addendum = Addendum.objects.create(
        minutes=minutes, text=text.strip(), author=by, at=at or timezone.now(), key=key
    )
    log_activity(session, "add_addendum", actor=by)
    request_papers(minutes=minutes)
    return addendum
