"""One machine, no server to install: SQLite, a folder as broker, mail into a folder."""

import secrets

from config.settings.base import *  # noqa: F403
from config.settings.base import ROOT, VAR, os

VAR.mkdir(parents=True, exist_ok=True)


def _kept_secret() -> str:
    """The secret of this checkout: made once, readable by its owner alone, never committed."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = os.environ.get("BENCHLEARN_SECRET_KEY") or _kept_secret()
if "BENCHLEARN_EMAIL_HOST" not in os.environ:
    DEMO_MAILBOX = VAR / "mail"
    MAILERS = {
        "default": {"BACKEND": "core.mailbox.Backend", "OPTIONS": {"folder": str(DEMO_MAILBOX)}}
    }
SHOW_COMPONENTS = True
__all__ = ["ROOT"]
