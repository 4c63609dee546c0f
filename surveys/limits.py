"""How often a link may be used, and how slowly links may be guessed.

Limits are per link, never per address: a whole town hall sits behind one address, and somebody who
guesses there must not keep their colleagues from answering. A link that is known is therefore only
held to what one person can do. A link is 192 bits, so guessing is hopeless at any speed; it is
slowed down so that it costs us little and stands in the log.

Counted in the process, for a minute at a time, and nowhere else: no address, no link is kept.
"""

import logging
import threading
import time

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError, TooOften
from core.per_minute import PerMinute

MOST_PER_LINK = 300
"""Requests a minute: each answer of a page of forty saved twice, and then some."""
GUESSES_AT_ONCE = 20
"""Unknown links a minute before they are slowed down: people do mistype."""
PAUSE = 1.0
"""Seconds that an unknown link waits then; SURVEY_GUESS_PAUSE in the settings of the tests."""
WAITING_AT_ONCE = 2
"""Guesses that may wait at a time, so that they don't hold the threads of the server."""

log = logging.getLogger(__name__)


used_links, unknown_links = PerMinute(), PerMinute()
_waiting = threading.BoundedSemaphore(WAITING_AT_ONCE)


def check_use(token: str) -> None:
    """Raise TooOften when this link was used more often than a person can."""
    if used_links.count(hash(token)) > MOST_PER_LINK:
        raise TooOften(_("This link is used too often at the moment. Wait a minute."))


def slow_down_guessing(error: DomainError) -> DomainError:
    """After an unknown link: wait when there were many of them, and say what to answer.

    Once some guesses are waiting already, the answer is TooOften instead of `error`.
    """
    guesses = unknown_links.count("")
    if guesses <= GUESSES_AT_ONCE:
        return error
    if guesses == GUESSES_AT_ONCE + 1:
        log.warning("More than %d unknown survey links within a minute", GUESSES_AT_ONCE)
    if not _waiting.acquire(blocking=False):
        return TooOften(_("Too many unknown links were tried. Wait a minute."))
    try:
        time.sleep(getattr(settings, "SURVEY_GUESS_PAUSE", PAUSE))
    finally:
        _waiting.release()
    return error
