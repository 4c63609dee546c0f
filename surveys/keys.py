"""The halves of keys that stand in no database: one small file each, of chance.

A key is made of two halves. One is a column, destroyed in the transaction that decides it; the
other is a file here, destroyed right after. So a copy of the database alone, such as a backup
made while a wave was open, opens nothing, and neither does a copy of the files alone.
"""

import hmac
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import gettext_lazy as _

from core.exceptions import NotNow

SHARE_BYTES = 32


class KeyMissing(NotNow):
    """The file that holds half of a key isn't where it was put."""

    def __init__(self) -> None:
        super().__init__(
            _("Half of this key is missing on the server; ask who runs it to put the file back.")
        )


def make_share() -> str:
    """Write a new half and return its name."""
    name = f"{secrets.token_hex(16)}.key"
    return storages["keys"].save(name, ContentFile(secrets.token_bytes(SHARE_BYTES)))


def whole_key(half: str, share: str) -> bytes:
    """The key of these two halves; raises KeyMissing. A key without a share is its one half."""
    if not share:
        return bytes.fromhex(half)
    try:
        with storages["keys"].open(share) as file:
            return hmac.digest(file.read(), bytes.fromhex(half), "sha256")
    except FileNotFoundError as error:
        raise KeyMissing from error


def destroy_share(share: str) -> None:
    """Overwrite the half with nothing but zeros, and take it away; nothing when it was gone."""
    storage = storages["keys"]
    if not storage.exists(share):
        return
    with storage.open(share, "r+b") as file:
        file.write(bytes(SHARE_BYTES))
        file.flush()
    storage.delete(share)
