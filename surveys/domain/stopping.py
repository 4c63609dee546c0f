"""No more mail: said by the link in a mail, by a person or by their mail program (RFC 8058)."""

from django.db import transaction

from core.models import MailState, OutboxMail
from surveys.domain.links import digest_of
from surveys.domain.opened import UnknownLink
from surveys.models import Invitation, MailStop


@transaction.atomic
def stop_mail(token: str) -> Invitation:
    """Send who has this link no more mail of the programme, also not what still waits.

    Works after closing too, for links are known by their digest as long as the wave is kept.
    Said twice, it is one. The link goes on working. Raises UnknownLink.
    """
    invitation = invitation_of(token)
    programme = invitation.wave.cycle.programme
    if invitation.email:
        MailStop.objects.get_or_create(programme=programme, email=invitation.email)
        waiting = OutboxMail.objects.filter(
            to=invitation.email, state=MailState.WAITING, reference__startswith="wave:"
        )
        waiting.filter(reference__regex=_references(programme.pk)).update(
            state=MailState.CANCELLED, body="", unsubscribe_url=""
        )
    return invitation


def invitation_of(token: str) -> Invitation:
    """Whose link this is, whatever the state of the wave; raises UnknownLink."""
    rows = Invitation.objects.select_related("wave__cycle__programme")
    invitation = rows.filter(token_digest=digest_of(token)).first()
    if invitation is None:
        raise UnknownLink
    return invitation


def _references(programme_id: int) -> str:
    """The references of all mails of a programme's waves, as a pattern."""
    waves = Invitation.objects.filter(wave__cycle__programme=programme_id)
    numbers = "|".join(str(pk) for pk in waves.values_list("wave", flat=True).distinct())
    return f"^wave:({numbers}):"
