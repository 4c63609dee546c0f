"""How long answering takes: from the first answer to submitting, in whole minutes.

A draft has to know when it was begun, and may not tell: the moment is kept with a number added that
only the link itself gives. So it is of use to who submits with that link, and to nobody who reads
the database. Submitting erases it and leaves the minutes; closing the wave erases those.
"""

import hashlib
import time
from typing import Any

from django.db.models import BigIntegerField, Case, F, Value, When
from django.db.models.functions import Greatest, Least

LONGEST = 9_999
MASK_BYTES = 7


def hidden_moment(token: str) -> int:
    """This second, with the link's number added to it."""
    return int(time.time()) + _mask(token)


def _mask(token: str) -> int:
    digest = hashlib.sha256(f"begun:{token}".encode()).digest()
    return int.from_bytes(digest[:MASK_BYTES])


def time_fields(moment: int) -> dict[str, Any]:
    """The fields of a response that is submitted at this hidden moment of its link."""
    seconds = Value(moment, BigIntegerField()) - F("begun")
    minutes = (seconds + 30) / 60
    capped = Least(Greatest(minutes, Value(0)), Value(LONGEST))
    # Without a moment there is no time; PostgreSQL's greatest would make it nought.
    return {"minutes": Case(When(begun__isnull=False, then=capped)), "begun": None}
