"""Decisions on signals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Figure
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from learningcircles.enums import SessionState
from learningcircles.models import Session, Signal
from people.models import Organisation


@transaction.atomic
def raise_signal(
    session: Session,
    *,
    by: Any,
    text: str,
    organisation: Organisation | None = None,
    figure: Figure | None = None,
    raised_at: datetime | None = None,
    key: UUID | None = None,
) -> Signal:
    """Note something worth pursuing, from a session, if need be about a figure."""
    if key and (made := session.signals.filter(key=key).first()):
        return made
    text = " ".join(text.split())
    if not text:
        raise InvalidInput(_("Write what the signal is."))
    if session.state == SessionState.CANCELLED:
        raise NotNow(_("This session was cancelled."))
    if figure and figure.indicator.programme_id != session.programme_id:
        raise InvalidInput(_("This figure belongs to another benchmark."))
    signal = Signal.objects.create(
        session=session,
        text=text,
        organisation=organisation or (figure.organisation if figure else None),
        figure=figure,
        raised_by=by,
        raised_at=raised_at or timezone.now(),
        key=key,
    )
    log_activity(signal, "raise_signal", actor=by)
    return signal
