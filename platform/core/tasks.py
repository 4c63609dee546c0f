"""Celery tasks of the floor. A message only says "look": the rows are the truth."""

import logging
import os
import socket
import uuid

from celery import shared_task
from django.utils import timezone

from core.delivery import DELIVER_TASK, deliver_waiting
from core.pulse import note_round
from core.signals import sweep

logger = logging.getLogger(__name__)


def worker_mark() -> str:
    """A mark for the rows this call holds: unique, so that nobody is mistaken for somebody else."""
    return f"{socket.gethostname()[:24]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


@shared_task(name="core.tasks.wake_rows", ignore_result=True)
def wake_rows() -> None:
    """Beat's round: every room that keeps leased rows gives back what its workers dropped.

    A fault in one room doesn't keep the others from their round; it is raised afterwards.
    """
    note_round(timezone.now())
    answers = sweep.send_robust(sender=None)
    errors = [answer for _room, answer in answers if isinstance(answer, Exception)]
    if errors:
        raise ExceptionGroup("rooms that could not look after their rows", errors)


@shared_task(name=DELIVER_TASK, ignore_result=True)
def deliver_mail() -> None:
    """Look at the outbox and deliver what waits there."""
    deliver_waiting(worker_mark())
