"""Decisions on signals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Figure
from core.exceptions import InvalidInput
from core.models import log_activity
from learningcircles.domain.readings import check_figure, check_may_be_noted, item_of
from learningcircles.models import AgendaItem, Reading, Session, Signal
from people.models import Organisation


@transaction.atomic
def raise_signal(
    session: Session,
    *,
    by: Any,
    text: str,
    organisation: Organisation | None = None,
    figure: Figure | None = None,
    reading: Reading | None = None,
    item: AgendaItem | None = None,
    raised_at: datetime | None = None,
    key: UUID | None = None,
) -> Signal:
    """Note something worth pursuing, from a session, if need be about a figure.

    One that follows from a reading is about the reading's figure, unless told otherwise.
    """
    if key and (made := session.signals.filter(key=key).first()):
        return made
    text = " ".join(text.split())
    if not text:
        raise InvalidInput(_("Write what the signal is."))
    check_may_be_noted(session)
    if reading and reading.session_id != session.pk:
        raise InvalidInput(_("This reading belongs to another session."))
    figure = figure or (reading.figure if reading else None)
    check_figure(session, figure)
    signal = Signal.objects.create(
        session=session,
        text=text,
        organisation=organisation or (figure.organisation if figure else None),
        figure=figure,
        reading=reading,
        item=item_of(session, item),
        raised_by=by,
        raised_at=raised_at or timezone.now(),
        key=key,
    )
    log_activity(signal, "raise_signal", actor=by)
    return signal
