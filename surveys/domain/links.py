"""Personal links: made from the wave's key and the invitation's nonce, and stored nowhere.

A token is 192 bits of HMAC-SHA256, so it can't be guessed; it is looked up by the SHA-256 of
itself, so that who reads the database can't answer in somebody's name.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.exceptions import Gone
from surveys.models import Invitation, Wave

TOKEN_BYTES = 24


def make_token(link_key: str, nonce: str) -> str:
    """The token of an invitation, 32 characters that are safe in an address."""
    code = hmac.digest(bytes.fromhex(link_key), bytes.fromhex(nonce), "sha256")
    return urlsafe_b64encode(code[:TOKEN_BYTES]).decode()


def digest_of(token: str) -> str:
    """How a token is recognised, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(invitation: Invitation, wave: Wave) -> str:
    """Make the token again; Gone once the wave is closed and its key destroyed."""
    if not wave.link_key:
        raise Gone(_("This wave is closed; its links can't be made again."))
    return make_token(wave.link_key, invitation.nonce)


def path_of(token: str) -> str:
    """Where a link leads on this site. Written out: domain knows no views."""
    return f"/s/{token}/"


def address_of(token: str) -> str:
    """The whole address, as it goes into a mail."""
    return settings.BASE_URL.rstrip("/") + path_of(token)
