"""Signs of life of what runs by itself."""

import datetime as dt

from core.models import Pulse


def note_round(now: dt.datetime) -> None:
    """Note that beat, broker and a worker together came this far."""
    Pulse.objects.update_or_create(name=Pulse.ROUND, defaults={"at": now})
