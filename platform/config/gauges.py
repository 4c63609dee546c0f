"""What the roof tells who runs the installation: how much lies in each queue, how long already."""

import datetime as dt
import json
import logging
import time
from collections.abc import Iterable
from typing import Any

from celery import current_app
from django.conf import settings
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from config.queues import KINDS, name_of
from core.metrics import Gauge
from core.wake import ASKED_AT

logger = logging.getLogger(__name__)


def gauges(sender: object, now: dt.datetime, **kwargs: object) -> Iterable[Gauge]:
    """Messages by queue, and the age of the oldest; nothing of them when the broker is away."""
    lengths: dict[tuple[str, ...], float] = {}
    ages: dict[tuple[str, ...], float] = {}
    here = 1.0
    try:
        with current_app.connection_for_read(connect_timeout=2) as connection:
            channel = connection.default_channel
            for kind in KINDS:
                name = name_of(kind, settings.CELERY_TASK_DEFAULT_QUEUE)
                lengths[(kind,)] = channel._size(name)
                ages[(kind,)] = _age_of_oldest(channel, name)
    except (KombuError, RedisError, OSError) as error:
        logger.warning("The broker can't be asked for its queues: %s", type(error).__name__)
        here, lengths, ages = 0.0, {}, {}
    return [
        Gauge("benchlearn_broker_up", "Does the broker answer?", (), {(): here}),
        Gauge("benchlearn_queue_messages", "Messages that wait.", ("queue",), lengths),
        Gauge("benchlearn_queue_oldest_seconds", "Age of the oldest.", ("queue",), ages),
    ]


def _age_of_oldest(channel: Any, name: str) -> float:
    """Seconds since the oldest message of a queue was sent; 0 when there is none.

    Redis lets one look at a message without taking it, and Benchlearn's say when they were sent.
    """
    client = getattr(channel, "client", None)
    last = client.lindex(name, -1) if client is not None else None
    if last is None:
        return 0.0
    asked = json.loads(last)["headers"].get(ASKED_AT)
    return max(0.0, time.time() - float(asked)) if asked else 0.0
