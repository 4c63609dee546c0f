"""Celery tasks of this room. A message only says "look": the rows are the truth."""

import socket
import uuid

from celery import shared_task

from core.models import LeasedState
from evaluation.domain.agreement_counts import AGREEMENT_TASK, measure_waiting
from evaluation.domain.file_orders import FILES_TASK, make_waiting
from evaluation.domain.runs import PARTS_TASK, RUN_TASK, carry_out_waiting
from evaluation.models import RunPart


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


@shared_task(name=PARTS_TASK, ignore_result=True)
def judge_parts() -> None:
    """Take part in the runs that other workers hold."""
    # What judges takes seconds to import: only where something waits.
    if not RunPart.objects.filter(state=LeasedState.WAITING).exists():
        return
    from evaluation.findings.parts import judge_waiting  # noqa: PLC0415

    judge_waiting(f"{socket.gethostname()[:20]}-{uuid.uuid4().hex}")
