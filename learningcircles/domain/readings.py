"""Decisions on readings: how a session explains a figure."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Figure
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from learningcircles.domain.locks import check_minutes_open
from learningcircles.enums import SessionState
from learningcircles.models import AgendaItem, Reading, Session


def check_may_be_noted(session: Session) -> None:
    """Raise NotNow where nothing may be added to what was said in a session."""
    if session.state == SessionState.CANCELLED:
        raise NotNow(_("This session was cancelled."))
    check_minutes_open(session)


def check_figure(session: Session, figure: Figure | None) -> None:
    """Raise InvalidInput for a figure of another benchmark."""
    if figure and figure.indicator.programme_id != session.programme_id:
        raise InvalidInput(_("This figure belongs to another benchmark."))


def item_of(session: Session, item: AgendaItem | None) -> AgendaItem | None:
    """The item under which something is noted. Raises InvalidInput for one of another session."""
    if item and item.session_id != session.pk:
        raise InvalidInput(_("This item is on the agenda of another session."))
    return item


@transaction.atomic
def note_reading(
    session: Session,
    *,
    by: Any,
    text: str,
    context: str = "",
    figure: Figure | None = None,
    item: AgendaItem | None = None,
    at: datetime | None = None,
    key: UUID | None = None,
) -> Reading:
    """Note what explains a figure, and what one has to know to read it.

    The same `key` (a form posted twice) gives the same reading.
    """
    if key and (made := session.readings.filter(key=key).first()):
        return made
    text = text.strip()
    if not text:
        raise InvalidInput(_("Write what explains the figure."))
    check_may_be_noted(session)
    check_figure(session, figure)
    reading = Reading.objects.create(
        session=session,
        text=text,
        context=context.strip(),
        figure=figure,
        item=item_of(session, item),
        noted_by=by,
        noted_at=at or timezone.now(),
        key=key,
    )
    log_activity(reading, "note_reading", actor=by)
    return reading
