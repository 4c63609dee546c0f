"""Decisions on the agenda of a session: its items, their order and their time."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from core.exceptions import EditConflict, InvalidInput, NotNow
from core.models import log_activity
from learningcircles.domain.locks import check_minutes_open, locked_session
from learningcircles.enums import AgendaOrigin, AgendaSection, SessionState
from learningcircles.models import Action, AgendaItem, ItemAction, Session

ORDER = {section: place for place, section in enumerate(AgendaSection.values)}
LONGEST = 600
"""Minutes: no item takes longer than ten hours."""


def _open_for_change(session: Session) -> Session:
    """The session, held until the end of the transaction, if its agenda may still change."""
    current = locked_session(session)
    if current.state == SessionState.CANCELLED:
        raise NotNow(_("This session was cancelled."))
    check_minutes_open(current)
    return current


def room_of(session: Session) -> int:
    """Minutes between the start of a session and its end."""
    return int((session.ends_at - session.starts_at).total_seconds() // 60)


def _check(item: AgendaItem) -> None:
    """What the database would refuse or can't know, said in words."""
    if not item.title:
        raise InvalidInput(_("Say what the item is."))
    if not 0 < item.minutes <= LONGEST:
        raise InvalidInput(_("Give the time in minutes."))
    if item.presenter and item.presenter_name:
        raise InvalidInput(_("Name one presenter: a person with an account, or a name."))
    if item.origin == AgendaOrigin.ORGANISATION and item.organisation is None:
        raise InvalidInput(_("Say on whose agenda it is."))
    programme = item.session.programme_id
    if item.indicator and item.indicator.programme_id != programme:
        raise InvalidInput(_("This belongs to another benchmark."))


def _tidy(item: AgendaItem) -> None:
    item.title = " ".join(item.title.split())
    item.presenter_name = " ".join(item.presenter_name.split())


@transaction.atomic
def add_item(
    session: Session, *, by: Any, title: str, source: str = "", **fields: Any
) -> AgendaItem:
    """Put an item on the agenda, at the end of its section.

    `fields` are those of AgendaItem (section, minutes, presenter, origin, indicator, topic, ...).
    What was drafted from the same `source` already is on the agenda once.
    """
    current = _open_for_change(session)
    if source and (made := current.agenda.filter(source=source).first()):
        return made
    fields = {"section": AgendaSection.TOPICS, "origin": AgendaOrigin.STANDING, **fields}
    item = AgendaItem(session=current, title=title, source=source, **fields)
    _tidy(item)
    _check(item)
    last = current.agenda.aggregate(last=Max("position"))["last"]
    item.position = 0 if last is None else last + 1
    item.save()
    put_in_order(current)
    log_activity(current, "add_agenda_item", actor=by, item=item.pk)
    return item


def put_in_order(session: Session) -> None:
    """Number the items: section by section, within it as they stood."""
    items = sorted(session.agenda.all(), key=lambda item: (ORDER[item.section], item.position))
    for place, item in enumerate(items):
        if item.position != place:
            AgendaItem.objects.filter(pk=item.pk).update(position=place)


def _current(item: AgendaItem) -> AgendaItem:
    """The item as it is now, held; NotNow when somebody removed it in between."""
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("session")
    current = rows.filter(pk=item.pk).first()
    if current is None:
        raise NotNow(_("Somebody took this item off the agenda in between."))
    return current


@transaction.atomic
def change_item(item: AgendaItem, *, by: Any, version: int, **fields: Any) -> AgendaItem:
    """Change an item. `version` is the one that the editor saw; if it moved on, EditConflict and
    nothing is stored."""
    session = _open_for_change(item.session)
    current = _current(item)
    if all(getattr(current, name) == value for name, value in fields.items()):
        return current
    if current.version != version:
        raise EditConflict(_("Somebody else changed this item in between. Look at it again."))
    for name, value in fields.items():
        setattr(current, name, value)
    _tidy(current)
    _check(current)
    current.version += 1
    current.save()
    put_in_order(session)
    log_activity(session, "change_agenda_item", actor=by, item=current.pk)
    return current


@transaction.atomic
def move_item(item: AgendaItem, *, by: Any, up: bool) -> bool:
    """Change places with the neighbour in the same section; False where there is none."""
    session = _open_for_change(item.session)
    current = _current(item)
    others = session.agenda.filter(section=current.section)
    if up:
        neighbour = others.filter(position__lt=current.position).last()
    else:
        neighbour = others.filter(position__gt=current.position).first()
    if neighbour is None:
        return False
    for row, place in ((current, neighbour.position), (neighbour, current.position)):
        AgendaItem.objects.filter(pk=row.pk).update(position=place, version=F("version") + 1)
    log_activity(session, "move_agenda_item", actor=by, item=current.pk)
    return True


def _is_used(item: AgendaItem) -> bool:
    """Was something said or agreed under this item?"""
    kinds = ("readings", "signals", "decisions", "parked_issues", "agreed", "edits")
    return any(getattr(item, kind).exists() for kind in kinds)


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Any) -> None:
    """Take an item off the agenda, unless something was noted under it."""
    session = _open_for_change(item.session)
    current = session.agenda.filter(pk=item.pk).first()
    if current is None:
        return
    if _is_used(current):
        raise NotNow(_("Something was noted with this item; it stays on the agenda."))
    current.delete()
    put_in_order(session)
    log_activity(session, "remove_agenda_item", actor=by)


def agree_under(item: AgendaItem, action: Action) -> ItemAction:
    """Note under which item an action was agreed. Removing the note never removes the action."""
    link, _new = ItemAction.objects.get_or_create(action=action, defaults={"item": item})
    return link
