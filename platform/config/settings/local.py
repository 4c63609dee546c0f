"""One machine, no server to install: SQLite, a folder as broker, mail into a folder."""

import contextlib
import secrets

from config.settings.base import *  # noqa: F403
from config.settings.base import VAR, os
from config.settings.logs import logging_as

LOGGING = logging_as("whole")
VAR.mkdir(parents=True, exist_ok=True)


def _kept_secret() -> str:
    """The secret of this checkout: made once, readable by its owner alone, never committed."""
    path = VAR / "secret_key"
    if not path.exists():
        unfinished = VAR / f"secret_key.{os.getpid()}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(50))
        # A link never replaces: of two processes at once, both get the secret of the first.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(unfinished)
        unfinished.unlink()
    return path.read_text()


SECRET_KEY = os.environ.get("BENCHLEARN_SECRET_KEY") or _kept_secret()
if "BENCHLEARN_EMAIL_HOST" not in os.environ:
    DEMO_MAILBOX = VAR / "mail"
    MAILERS = {
        "default": {"BACKEND": "core.mailbox.Backend", "OPTIONS": {"folder": str(DEMO_MAILBOX)}}
    }
# A demonstration is tried with one password for all, and without a telephone at hand.
SECOND_FACTOR_REQUIRED = False
CONFIRM_AGAIN = False
SHOW_COMPONENTS = True
