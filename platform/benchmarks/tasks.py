"""Background work of this room. A message only says "look": the rows are the truth."""

from celery import shared_task

from benchmarks.domain.programme_files import FILE_TASK, carry_out_waiting
from core.tasks import worker_mark


@shared_task(name=FILE_TASK, ignore_result=True)
def make_programme_files() -> None:
    """Make the files of programmes that somebody waits for."""
    carry_out_waiting(worker_mark())
