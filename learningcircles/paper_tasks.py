"""Making papers in the background. A message only says "look": the rows are the truth."""

import socket
import uuid

from celery import shared_task

from learningcircles.domain.papers import PAPER_TASK, make_waiting


@shared_task(name=PAPER_TASK, ignore_result=True)
def make_papers() -> None:
    """Make the papers that wait."""
    make_waiting(f"{socket.gethostname()[:20]}-{uuid.uuid4().hex}")
