"""Celery tasks of this room. A message only says "look": the rows are the truth."""

import socket
import uuid

from celery import shared_task

from evaluation.domain.agreement_counts import AGREEMENT_TASK, measure_waiting
from evaluation.domain.file_orders import FILES_TASK, make_waiting
from evaluation.domain.runs import RUN_TASK, carry_out_waiting


@shared_task(name=RUN_TASK, ignore_result=True)
def compute_reports() -> None:
    """Carry out the runs that wait."""
    carry_out_waiting(f"{socket.gethostname()[:20]}-{uuid.uuid4().hex}")


@shared_task(name=AGREEMENT_TASK, ignore_result=True)
def measure_agreement() -> None:
    """Measure the agreement between coders where somebody waits for it."""
    measure_waiting(f"{socket.gethostname()[:20]}-{uuid.uuid4().hex}")


@shared_task(name=FILES_TASK, ignore_result=True)
def make_report_files() -> None:
    """Make the files again of runs to which something was added."""
    make_waiting(f"{socket.gethostname()[:20]}-{uuid.uuid4().hex}")
