"""Signing in and out, in the log: the number of the account, and no name or address."""

import logging
from typing import Any

from django.utils import timezone

logger = logging.getLogger(__name__)
SEEN = "seen"
"""Where a session notes when something was last done in it."""


def note_signed_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """Somebody signed in: a line, and the session begins to count."""
    logger.info("Account %s signed in.", user.pk)
    session = getattr(request, "session", None)
    if session is not None:
        session[SEEN] = int(timezone.now().timestamp())


def note_signed_out(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """Somebody signed out, or their session was over."""
    if user is not None:
        logger.info("Account %s signed out.", user.pk)


def note_refused(sender: Any, **kwargs: Any) -> None:
    """Somebody gave what doesn't fit; who it was meant to be is kept apart for a month (axes)."""
    logger.warning("A sign-in was refused.")
