"""Decisions on decisions: what a session settled together is noted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput
from core.models import log_activity
from learningcircles.domain.readings import check_may_be_noted, item_of
from learningcircles.models import AgendaItem, Decision, Session


@transaction.atomic
def note_decision(
    session: Session,
    *,
    by: Any,
    text: str,
    item: AgendaItem | None = None,
    at: datetime | None = None,
    key: UUID | None = None,
) -> Decision:
    """Note what was decided together. The same `key` gives the same decision."""
    if key and (made := session.decisions.filter(key=key).first()):
        return made
    text = " ".join(text.split())
    if not text:
        raise InvalidInput(_("Write what was decided."))
    check_may_be_noted(session)
    decision = Decision.objects.create(
        session=session,
        text=text,
        item=item_of(session, item),
        noted_by=by,
        decided_at=at or timezone.now(),
        key=key,
    )
    log_activity(decision, "note_decision", actor=by)
    return decision
