"""Waking a worker. A message only says "look", so losing one costs time and nothing else."""

import logging
import time

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

ASKED_AT = "benchlearn_asked_at"
"""The header that tells when a message was sent, in seconds since 1970."""


def look(task_name: str) -> bool:
    """Tell a worker to look at its rows; False when the broker is away (beat will look)."""
    try:
        current_app.send_task(
            task_name, retry=False, ignore_result=True, headers={ASKED_AT: time.time()}
        )
    except (OperationalError, OSError) as error:
        logger.warning("The broker is away (%s); %s waits for beat.", error, task_name)
        return False
    return True


def look_on_commit(task_name: str) -> None:
    """Once the transaction that decides is committed, tell a worker to look; once is enough.

    `robust`, so that no fault in waking anybody can undo or fail what was decided.
    """
    waiting = transaction.get_connection().run_on_commit
    if not any(getattr(func, "wakes", None) == task_name for _ids, func, _robust in waiting):
        transaction.on_commit(_Look(task_name), robust=True)


class _Look:
    """A call of `look` that can be recognised among the hooks of a transaction."""

    def __init__(self, task_name: str) -> None:
        self.wakes = task_name

    def __call__(self) -> None:
        look(self.wakes)
