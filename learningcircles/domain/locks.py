"""What is locked: a session held for one transaction, and minutes that may not change any more."""

from django.utils.translation import gettext as _

from core.exceptions import NotNow
from learningcircles.enums import MinutesState
from learningcircles.models import Minutes, Session


def locked_session(session: Session) -> Session:
    """The session as it is now, held until the end of the transaction."""
    rows = Session.objects.select_for_update(of=("self",))
    return rows.select_related("programme", "circle", "organisation", "led_by").get(pk=session.pk)


def check_minutes_open(session: Session) -> None:
    """Raise NotNow once the minutes of a session were sent for approval or are final."""
    state = Minutes.objects.filter(session=session).values_list("state", flat=True).first()
    if state == MinutesState.SENT:
        raise NotNow(
            _("The minutes were sent for approval. Take them back to draft to change something.")
        )
    if state == MinutesState.FINAL:
        raise NotNow(_("The minutes are final. What is missing is added as an addendum."))
