"""Celery tasks of this room. A message only says "look": the rows are the truth."""

import socket
import uuid

from celery import shared_task

from evaluation.domain.runs import RUN_TASK, carry_out_waiting


@shared_task(name=RUN_TASK, ignore_result=True)
def compute_reports() -> None:
    """Carry out the runs that wait."""
    carry_out_waiting(f"{socket.gethostname()[:20]}-{uuid.uuid4().hex}")
