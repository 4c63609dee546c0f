"""What waits on a device for a connection: sealed, and under a name that doesn't say whose it is.

Keys and names are made anew from the installation's secret with each page, and kept nowhere.
"""

from base64 import b64encode, urlsafe_b64encode
from typing import Any

from django.utils.crypto import salted_hmac

KEY = 32
"""Bytes of a key of AES-256."""
NAME = 12
"""Characters of a name, of 6 bits each."""


def shelf_of(token: str) -> tuple[str, str]:
    """Under which name answers by a personal link wait in its browser, and the key that seals them,
    in base64. Neither leads back to the link."""
    made = salted_hmac("surveys.answers", token, algorithm="sha512").digest()
    return urlsafe_b64encode(made[KEY:])[:NAME].decode(), b64encode(made[:KEY]).decode()


def seal_of_notes(interview: int, user: Any) -> str:
    """The key that seals the notes of an interview as one person types them, in base64."""
    made = salted_hmac("surveys.talk", f"{interview}:{user.pk}", algorithm="sha256")
    return b64encode(made.digest()).decode()
