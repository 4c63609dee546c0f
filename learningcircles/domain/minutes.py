"""What is typed while a session goes on: several people at once, and nobody's text is lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import NotNow
from core.models import log_activity
from learningcircles.domain.locks import locked_session
from learningcircles.enums import MinutesState, SessionState
from learningcircles.models import AgendaItem, MinuteEdit, Minutes, MinuteText, Session

LONGEST = 20_000
"""Characters of one text."""

GOING_ON = timedelta(minutes=5)
"""Texts are saved while they are typed: one that goes on with the one before takes its row."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What became of a text: it stands, or (`unmerged`) it waits beside the other's.

    `closed`: it waits because the minutes had been sent or made final meanwhile.
    """

    row: MinuteText
    unmerged: MinuteEdit | None = None
    closed: bool = False


def _open_session(item: AgendaItem) -> Session:
    session = locked_session(item.session)
    if session.state == SessionState.CANCELLED:
        raise NotNow(_("This session was cancelled."))
    return session


def _text_of(item: AgendaItem) -> MinuteText:
    row, _new = MinuteText.objects.get_or_create(item=item)
    return row


def _is_closed(session: Session) -> bool:
    return Minutes.objects.filter(session=session).exclude(state=MinutesState.DRAFT).exists()


def writes_on(edit: Any, text: str, *, by: Any, at: datetime) -> bool:
    """Does somebody go on with what they saved a moment ago? Then nothing is lost in one row."""
    recent = edit.author_id == by.pk and at - edit.at < GOING_ON
    return recent and text.startswith(edit.text)


def _keep(row: MinuteText, text: str, *, by: Any, at: datetime, going_on: bool) -> Typed:
    """The text stands, as the next version."""
    edit = row.item.edits.filter(version=row.version).first() if going_on else None
    if edit is None or not writes_on(edit, text, by=by, at=at):
        edit = MinuteEdit(item=row.item, based_on=row.version, author=by, at=at)
    edit.text = text
    row.version += 1
    row.text = text
    row.save()
    edit.version = row.version
    edit.settled_at = at
    edit.save()
    return Typed(row)


@transaction.atomic
def save_minute_text(
    item: AgendaItem,
    *,
    by: Any,
    version: int,
    text: str,
    at: datetime | None = None,
    going_on: bool = False,
) -> Typed:
    """Save what is typed with an item. `version` is the one that the writer saw; `going_on` when
    it is saved by itself in the middle of typing.

    Two writers of one minute: the session is held, so one is first and stands; the other's text is
    kept beside it and shown with it until somebody has put both together. Nothing is raised for
    it, since that would undo the keeping.
    """
    session, moment = _open_session(item), at or timezone.now()
    row, text = _text_of(item), text.strip()[:LONGEST]
    if text == row.text:
        return Typed(row)
    closed = _is_closed(session)
    if closed or version != row.version:
        unmerged = MinuteEdit.objects.create(
            item=item, text=text, based_on=version, author=by, at=moment
        )
        return Typed(row, unmerged, closed)
    return _keep(row, text, by=by, at=moment, going_on=going_on)


def both_texts(*texts: str) -> str:
    """One below the other: where somebody starts who puts them together."""
    return "\n\n".join(text for text in texts if text)


@transaction.atomic
def settle_edit(
    edit: MinuteEdit, *, by: Any, version: int, text: str, at: datetime | None = None
) -> Typed:
    """Put a text that waited together with the one that stands: `text` is the result.

    If the one that stands moved on meanwhile, the result itself waits, and so does the edit.
    """
    session, moment = _open_session(edit.item), at or timezone.now()
    if _is_closed(session):
        raise NotNow(
            _("The minutes were sent for approval. Take them back to draft to change something.")
        )
    outcome = save_minute_text(edit.item, by=by, version=version, text=text, at=moment)
    if outcome.unmerged is None:
        MinuteEdit.objects.filter(pk=edit.pk, settled_at=None).update(settled_at=moment)
        log_activity(session, "settle_minute_text", actor=by, item=edit.item_id)
    return outcome
