"""Reads of a session while it goes on, and of its minutes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from learningcircles import queries
from learningcircles.agenda import Line, Schedule
from learningcircles.domain.approval import organisations_asked, there
from learningcircles.enums import OWN_ROLES, PRIVATE_PARTS
from learningcircles.models import (
    Action,
    AgendaItem,
    Approval,
    MinuteEdit,
    Minutes,
    MinuteText,
    OwnReading,
    OwnReadingEdit,
    Session,
)
from people.models import Membership, Organisation


def chosen_line(schedule: Schedule, pk: int) -> Line | None:
    """The item that was chosen, or else the first."""
    for line in schedule.lines:
        if line.item.pk == pk:
            return line
    return schedule.lines[0] if schedule.lines else None


def text_of(item: AgendaItem, user: Any) -> MinuteText:
    """What stands with an item; an empty one where nobody typed yet."""
    row = MinuteText.objects.visible_to(user).filter(item=item).first()
    return row or MinuteText(item=item)


def unmerged_edits(session: Session, user: Any) -> QuerySet:
    """Texts that wait until somebody has put them together with what stands."""
    edits = MinuteEdit.objects.visible_to(user).filter(item__session=session, settled_at=None)
    return edits.select_related("author", "item")


def notes_of(item: AgendaItem, user: Any) -> dict[str, Any]:
    """What was noted under an item."""
    session = item.session
    actions = Action.objects.visible_to(user).filter(agenda_link__item=item)
    return {
        "readings": queries.readings_of(session, user).filter(item=item),
        "signals": queries.signals_of(session, user).filter(item=item),
        "decisions": queries.decisions_of(session, user).filter(item=item),
        "issues": queries.issues_of(session, user).filter(item=item),
        "actions": queries.action_rows(actions).order_by("pk"),
    }


def has_private_parts(session: Session) -> bool:
    return session.kind in PRIVATE_PARTS


def own_readings_of(session: Session, user: Any) -> list[OwnReading]:
    """The private parts that this person sees: of their organisation, or all as facilitator.

    An organisation at the table that wrote nothing yet has an empty one.
    """
    if not has_private_parts(session):
        return []
    rows = OwnReading.objects.visible_to(user).filter(session=session)
    found = {row.organisation_id: row for row in rows.select_related("organisation")}
    facilitates = Session.objects.facilitated_by(user).filter(pk=session.pk).exists()
    guests = session.attendances.values("membership__organisation")
    organisations = Organisation.objects.filter(pk__in=guests)
    if not facilitates:
        organisations = organisations.filter(pk__in=_own_organisations(user))
    for organisation in organisations:
        found.setdefault(organisation.pk, OwnReading(session=session, organisation=organisation))
    return sorted(found.values(), key=lambda row: row.organisation.name)


def own_edits_of(row: OwnReading, user: Any) -> QuerySet:
    """Texts of a private part that met one that was saved before them. Who puts one together with
    what stands may find that somebody just did: those that wait have no `settled_at`."""
    edits = OwnReadingEdit.objects.visible_to(user).filter(own_reading=row.pk, version=None)
    return edits.select_related("author", "own_reading__session", "own_reading__organisation")


def _own_organisations(user: Any) -> QuerySet:
    own = Membership.objects.filter(user=user, left_on=None, roles__role__in=OWN_ROLES)
    return own.values("organisation")


@dataclass(frozen=True, slots=True)
class Word:
    """What an organisation that was there says of the minutes as sent last."""

    organisation: Organisation
    approval: Approval | None


def words_on(minutes: Minutes, user: Any) -> list[Word]:
    """The word of each organisation that was there; None where it is still to come."""
    approvals = Approval.objects.visible_to(user).filter(minutes=minutes, round=minutes.round)
    given = {row.organisation_id: row for row in approvals.select_related("by__user")}
    asked = Organisation.objects.filter(pk__in=organisations_asked(minutes.session))
    return [Word(each, given.get(each.pk)) for each in asked.order_by("name")]


def approver(session: Session, user: Any) -> Membership | None:
    """As whom this person may approve the minutes: one who was there and still is of the place."""
    mine = there(session).filter(membership__user=user, membership__left_on=None)
    row = mine.select_related("membership__organisation", "membership__user").first()
    return row.membership if row else None
