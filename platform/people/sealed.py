"""Short secrets that must be read again (of a second factor, of a sign-in), encrypted at rest."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _cipher() -> MultiFernet:
    """Under a key that follows from the secret of the installation; after a change of that secret
    the older ones (SECRET_KEY_FALLBACKS) still open what was sealed under them."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [
        hashlib.sha256(b"benchlearn.sealed:" + str(each).encode()).digest() for each in secrets
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal(text: str) -> str:
    """The text, encrypted and guarded against change."""
    return _cipher().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises cryptography's InvalidToken under another secret."""
    return _cipher().decrypt(sealed.encode()).decode()
