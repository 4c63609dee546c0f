"""Pseudonyms: one code a person for all waves of a programme, and no way back from it.

Made from the address that the mail goes to, under a key of the programme. Whoever has the key can
lay an address beside a code; that is the installation itself, and no page or export does it.
"""

import hmac

from django.db import transaction

from benchmarks.models import Programme
from surveys.keys import make_share, whole_key
from surveys.models import Invitation, PseudonymKey

PSEUDONYM_BYTES = 10


def keep_pseudonym_key(programme: Programme) -> PseudonymKey:
    """The programme's key, made when there is none yet."""
    with transaction.atomic():
        Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
        key = PseudonymKey.objects.filter(programme=programme).first()
        return key or PseudonymKey.objects.create(programme=programme, key_share=make_share())


def make_pseudonym(key: bytes, email: str) -> str:
    """The code of who reads this address: 20 hexadecimal digits."""
    return hmac.digest(key, email.lower().encode(), "sha256")[:PSEUDONYM_BYTES].hex()


def pseudonym_of(invitation_id: int) -> str:
    """The code of who was invited; of somebody without an address, one that is their own."""
    email, nonce, programme = Invitation.objects.values_list(
        "email", "nonce", "wave__cycle__programme"
    ).get(pk=invitation_id)
    halves = PseudonymKey.objects.get(programme=programme)
    return make_pseudonym(whole_key(halves.half, halves.key_share), email or nonce)
