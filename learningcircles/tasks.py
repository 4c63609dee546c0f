"""Background work of this room. A message only says "look": the rows are the truth."""

from celery import shared_task

from core.tasks import worker_mark
from learningcircles.domain.papers import PAPER_TASK, make_waiting
from learningcircles.domain.rounds import ROUND_TASK
from learningcircles.domain.rounds import walk_rounds as walk


@shared_task(name=ROUND_TASK, ignore_result=True)
def walk_rounds() -> None:
    """Walk the daily rounds that wait."""
    walk(worker_mark())


@shared_task(name=PAPER_TASK, ignore_result=True)
def make_papers() -> None:
    """Make the papers that wait."""
    make_waiting(worker_mark())
