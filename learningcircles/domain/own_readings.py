"""Decisions on the private part of a joint session."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.exceptions import EditConflict, NotNow
from learningcircles.domain.locks import locked_session
from learningcircles.domain.minutes import LONGEST
from learningcircles.enums import PRIVATE_PARTS, SessionState
from learningcircles.models import OwnReading, Session
from people.models import Organisation


class OwnReadingConflict(EditConflict):
    """Somebody of the same organisation, or the facilitator, saved something in between.

    `row` is how it stands, `wanted` what the second one wrote; nothing was stored of it.
    """

    def __init__(self, row: OwnReading, wanted: str) -> None:
        super().__init__(
            _("Somebody else wrote in your own reading in between. Put both texts together.")
        )
        self.row = row
        self.wanted = wanted


@transaction.atomic
def save_own_reading(
    session: Session, organisation: Organisation, *, by: Any, version: int, text: str
) -> OwnReading:
    """Save what an organisation reads in its own figures. No line in any log repeats it.

    Raises OwnReadingConflict when `version` is not the one that stands.
    """
    current = locked_session(session)
    if current.kind not in PRIVATE_PARTS:
        raise NotNow(_("Only a joint interpretation session has private parts."))
    if current.state == SessionState.CANCELLED:
        raise NotNow(_("This session was cancelled."))
    row, _new = OwnReading.objects.get_or_create(session=current, organisation=organisation)
    text = text.strip()[:LONGEST]
    if text == row.text:
        return row
    if version != row.version:
        raise OwnReadingConflict(row, text)
    row.text, row.edited_by = text, by
    row.version += 1
    row.save()
    return row
