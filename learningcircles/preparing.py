"""Reads for preparing a session: what went before, who was missed, who prepares what."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from learningcircles.enums import Presence
from learningcircles.models import Attendance, Circle, CircleMember, Material, Preparation, Session
from learningcircles.queries import members_of

IN_A_ROW = 2
NOT_THERE = frozenset({Presence.ABSENT, Presence.EXCUSED})


def previous_session(session: Session, user: Any) -> Session | None:
    """The last one held before this of the same circle, organisation, or kind."""
    held = (
        Session.objects.visible_to(user)
        .held()
        .filter(programme=session.programme_id, starts_at__lt=session.starts_at)
    )
    if session.circle_id:
        held = held.filter(circle=session.circle_id)
    else:
        held = held.filter(circle=None, organisation=session.organisation_id, kind=session.kind)
    return held.exclude(pk=session.pk).order_by("-starts_at").first()


def missed_two_in_a_row(
    circle: Circle, user: Any, members: Iterable[CircleMember] | None = None
) -> list[CircleMember]:
    """Members who were invited to the last two meetings that were held and came to neither, nor
    sent anybody. `members` are those of the circle, where they were fetched already."""
    seen = Attendance.objects.visible_to(user).filter(session__circle=circle, session__state="held")
    last: dict[int, list[str]] = {}
    for row in seen.exclude(presence="").order_by("-session__starts_at", "-pk"):
        last.setdefault(row.membership_id, []).append(row.presence)
    missed = {
        membership
        for membership, presences in last.items()
        if len(presences) >= IN_A_ROW and NOT_THERE.issuperset(presences[:IN_A_ROW])
    }
    now = members_of(circle, user) if members is None else members
    return [member for member in now if member.membership_id in missed]


def preparations_of(session: Session, user: Any) -> QuerySet:
    """Who prepares what."""
    rows = Preparation.objects.visible_to(user).filter(session=session)
    return rows.select_related("membership__user", "membership__organisation")


def materials_of(session: Session, user: Any) -> QuerySet:
    """The files that are shared for it."""
    return Material.objects.visible_to(user).filter(session=session).select_related("shared_by")
