"""Decisions on the private part of a joint session: nobody's text is lost there either."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import NotNow
from learningcircles.domain.locks import locked_session
from learningcircles.domain.minutes import LONGEST, writes_on
from learningcircles.enums import PRIVATE_PARTS, SessionState
from learningcircles.models import OwnReading, OwnReadingEdit, Session
from people.models import Organisation


@dataclass(frozen=True, slots=True)
class OwnTyped:
    """What became of a text: it stands, or (`unmerged`) it waits beside the other's."""

    row: OwnReading
    unmerged: OwnReadingEdit | None = None


def _open_session(session: Session) -> Session:
    current = locked_session(session)
    if current.kind not in PRIVATE_PARTS:
        raise NotNow(_("Only a joint interpretation session has private parts."))
    if current.state == SessionState.CANCELLED:
        raise NotNow(_("This session was cancelled."))
    return current


def _keep(row: OwnReading, text: str, *, by: Any, at: datetime, going_on: bool) -> OwnTyped:
    """The text stands, as the next version."""
    edit = row.edits.filter(version=row.version).first() if going_on else None
    if edit is None or not writes_on(edit, text, by=by, at=at):
        edit = OwnReadingEdit(own_reading=row, based_on=row.version, author=by, at=at)
    edit.text = text
    row.version += 1
    row.text, row.edited_by = text, by
    row.save()
    edit.version, edit.settled_at = row.version, at
    edit.save()
    return OwnTyped(row)


@transaction.atomic
def save_own_reading(
    session: Session,
    organisation: Organisation,
    *,
    by: Any,
    version: int,
    text: str,
    at: datetime | None = None,
    going_on: bool = False,
) -> OwnTyped:
    """Save what an organisation reads in its own figures. No line in any log repeats it.

    `version` is the one that the writer saw; `going_on` when it is saved by itself in the middle of
    typing. Where it moved on, the text is kept beside the one
    that stands, until somebody has put both together.
    """
    current, moment = _open_session(session), at or timezone.now()
    row, _new = OwnReading.objects.get_or_create(session=current, organisation=organisation)
    text = text.strip()[:LONGEST]
    if text == row.text:
        return OwnTyped(row)
    if version != row.version:
        waiting = OwnReadingEdit.objects.create(
            own_reading=row, text=text, based_on=version, author=by, at=moment
        )
        return OwnTyped(row, waiting)
    return _keep(row, text, by=by, at=moment, going_on=going_on)


@transaction.atomic
def settle_own_reading(
    edit: OwnReadingEdit, *, by: Any, version: int, text: str, at: datetime | None = None
) -> OwnTyped:
    """Put a text that waited together with the one that stands: `text` is the result.

    If the one that stands moved on meanwhile, the result itself waits, and so does the edit.
    """
    own, moment = edit.own_reading, at or timezone.now()
    outcome = save_own_reading(
        own.session, own.organisation, by=by, version=version, text=text, at=moment
    )
    if outcome.unmerged is None:
        OwnReadingEdit.objects.filter(pk=edit.pk, settled_at=None).update(settled_at=moment)
    return outcome
