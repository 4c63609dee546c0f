"""The open link of a wave: who has it may take a place, and gets a personal link of their own."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.exceptions import Gone, InvalidInput, NotNow
from core.models import log_activity
from people.models import Organisation
from surveys.domain.links import digest_of, key_of, make_token
from surveys.domain.opened import UnknownLink
from surveys.domain.waves import lock_wave
from surveys.enums import WaveState
from surveys.models import Invitation, OpenLink, Wave
from surveys.models.waves import new_nonce
from surveys.queries import participating_organisations

MOST_PLACES = 100_000


@transaction.atomic
def offer_places(wave: Wave, *, places: int, by: Any) -> OpenLink | None:
    """Give a wave an open link with so many places, change how many, or end it (0: None).

    Who took a place keeps it. Raises NotNow when the wave is closed.
    """
    wave = lock_wave(wave)
    if wave.state == WaveState.CLOSED:
        raise NotNow(_("This wave is closed; nobody can be invited any more."))
    if not 0 <= places <= MOST_PLACES:
        raise InvalidInput(_("At most 100,000 places."))
    log_activity(wave, "open link", actor=by, places=places)
    if not places:
        OpenLink.objects.filter(wave=wave).delete()
        return None
    found = OpenLink.objects.filter(wave=wave).first() or OpenLink(wave=wave, nonce=new_nonce())
    found.token_digest = digest_of(open_token(found, wave))
    found.places = places
    found.save()
    return found


def open_token(link: OpenLink, wave: Wave) -> str:
    """The token of the open link; Gone once the wave is closed."""
    return make_token(key_of(wave), link.nonce)


def find_open_link(token: str) -> OpenLink:
    """The open link of a wave that is open; raises UnknownLink, or Gone when it is closed."""
    rows = OpenLink.objects.select_related("wave__cycle__programme")
    found = rows.filter(token_digest=digest_of(token)).first()
    if found is None or found.wave.state == WaveState.DRAFT:
        raise UnknownLink
    if found.wave.state == WaveState.CLOSED:
        raise Gone(_("This survey is closed."))
    return found


@transaction.atomic
def take_place(token: str, *, organisation: Organisation, language: str) -> str:
    """Take a place for somebody of an organisation; the token of their own link.

    Raises Gone when all places are taken, InvalidInput for an organisation that doesn't take part.
    """
    link = OpenLink.objects.select_for_update().get(pk=find_open_link(token).pk)
    wave = link.wave
    if not participating_organisations(wave.cycle).filter(pk=organisation.pk).exists():
        raise InvalidInput(_("This organisation doesn't take part in the round."))
    if places_taken(wave) >= link.places:
        raise Gone(_("All places of this link are taken. Ask who sent it to you for another."))
    nonce = new_nonce()
    own = make_token(key_of(wave), nonce)
    Invitation.objects.create(
        wave=wave,
        organisation=organisation,
        language=language,
        nonce=nonce,
        token_digest=digest_of(own),
    )
    return own


def places_taken(wave: Wave) -> int:
    """How many came by the open link."""
    return wave.invitations.filter(email="").count()
