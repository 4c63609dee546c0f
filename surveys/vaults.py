"""Locking what was said in an interview, with a key that no database and no folder has alone.

Fernet (AES-128-CBC with HMAC-SHA256, github.com/fernet/spec) under the key of keys.py: one half is
a column of the interview's vault, the other a small file. A copy of the database, or of the files,
opens nothing; and destroying the halves makes every copy of what was locked worthless.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.utils.translation import gettext_lazy as _

from core.exceptions import Gone
from surveys.keys import whole_key
from surveys.models import Vault


class Unreadable(Gone):
    """What was locked can't be opened: its key was destroyed or is another one."""

    def __init__(self) -> None:
        super().__init__(_("This can't be opened any more: its key is gone."))


def _lock(vault: Vault) -> Fernet:
    return Fernet(urlsafe_b64encode(whole_key(vault.half, vault.share)))


def lock(vault: Vault, plain: bytes) -> bytes:
    """These bytes, encrypted. Raises KeyMissing when half of the key isn't on the server."""
    return _lock(vault).encrypt(plain)


def unlock(vault: Vault, locked: bytes) -> bytes:
    """What was locked; raises Unreadable, or KeyMissing as `lock`."""
    try:
        return _lock(vault).decrypt(bytes(locked))
    except InvalidToken as error:
        raise Unreadable from error
