"""Background work of this room. A message only says "look": the rows are the truth."""

from celery import shared_task

from core.tasks import worker_mark
from learningcircles.domain.rounds import ROUND_TASK
from learningcircles.domain.rounds import walk_rounds as walk


@shared_task(name=ROUND_TASK, ignore_result=True)
def walk_rounds() -> None:
    """Walk the daily rounds that wait."""
    walk(worker_mark())
