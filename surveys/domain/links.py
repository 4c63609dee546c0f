"""Personal links: made from the wave's key and the invitation's nonce, and stored nowhere.

A token is 192 bits of HMAC-SHA256, so it can't be guessed; it is looked up by the SHA-256 of
itself, so that who reads the database can't answer in somebody's name. The draft behind a link,
and the note that the link was used, are found by digests of their own: who has the rows but
neither the link nor the wave's key can't tell which invitation they belong to.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.exceptions import Gone
from surveys.keys import whole_key
from surveys.models import Invitation, Wave

TOKEN_BYTES = 24


def key_of(wave: Wave) -> bytes:
    """What the links of a wave are made with; Gone once the wave is closed and it was destroyed.

    Raises KeyMissing when the half that stands in a file was lost.
    """
    if not wave.link_key:
        raise Gone(_("This wave is closed; its links can't be made again."))
    return whole_key(wave.link_key, wave.key_share)


def make_token(key: bytes, nonce: str) -> str:
    """The token of an invitation, 32 characters that are safe in an address."""
    code = hmac.digest(key, bytes.fromhex(nonce), "sha256")
    return urlsafe_b64encode(code[:TOKEN_BYTES]).decode()


def digest_of(token: str) -> str:
    """How a token is recognised, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def draft_digest_of(token: str) -> str:
    """How the unfinished answers behind a token are found."""
    return digest_of(f"draft:{token}")


def used_digest_of(token: str) -> str:
    """How it is known that a token was used to submit."""
    return digest_of(f"used:{token}")


def token_of(invitation: Invitation, wave: Wave) -> str:
    """Make the token again; Gone once the wave is closed and its key destroyed."""
    return make_token(key_of(wave), invitation.nonce)


def path_of(token: str) -> str:
    """Where a link leads on this site. Written out: domain knows no views."""
    return f"/s/{token}/"


def address_of(token: str) -> str:
    """The whole address, as it goes into a mail."""
    return settings.BASE_URL.rstrip("/") + path_of(token)
