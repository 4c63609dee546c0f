"""Runs of the report: asking for one, carrying it out once, and what becomes of the others."""

import logging
import uuid
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle, Programme
from core.exceptions import DomainError, NotNow
from core.leases import claim, give_back_or_fail, renew, settle
from core.models import LeasedState, log_activity
from core.wake import look, look_on_commit
from evaluation.findings.inputs import Inputs, hash_of, read_inputs
from evaluation.measures.resampling import SEED
from evaluation.models import Run, RunPart

logger = logging.getLogger(__name__)

RUN_TASK = "evaluation.tasks.compute_reports"
PARTS_TASK = "evaluation.tasks.judge_parts"


class TakenOver(Exception):
    """The lease ran out and another worker has the row now: stop, and store nothing."""


def request_run(programme: Programme, *, actor: Any = None, seed: int = SEED) -> Run:
    """Ask for a report; a worker will make it. Raises NotNow when one is being made already."""
    with transaction.atomic():
        run = _make_run(programme, actor, seed)
        look_on_commit(RUN_TASK)
    return run


def _make_run(programme: Programme, actor: Any, seed: int, **more: Any) -> Run:
    try:
        with transaction.atomic():
            run = Run.objects.create(
                programme=programme, requested_by=_person(actor), seed=seed, **more
            )
            log_activity(run, "requested", actor=actor, programme=programme.code)
    except IntegrityError as error:
        raise NotNow(_("The report is being made already; it will be here soon.")) from error
    return run


def _person(actor: Any) -> Any:
    return actor if actor is not None and actor.is_authenticated else None


def carry_out_waiting(worker: str) -> int:
    """Carry out what waits, a run at a time, until nothing does; how many were tried."""
    tried = 0
    while (run := claim(Run.objects.all(), worker)) is not None:
        carry_out(run)
        tried += 1
    return tried


def carry_out(run: Run, *, today: date | None = None, inputs: Inputs | None = None) -> None:
    """Compute a claimed run and store its result and files; a domain error fails it with words.
    `inputs` is what was read already, if it was.

    Nothing is stored until all is computed, and only while the row is still ours: a worker that
    lost its lease leaves no trace.
    """
    # What computes takes seconds to import: workers and commands that compute, nobody else.
    from evaluation.findings.carry_out import compute_run  # noqa: PLC0415

    try:
        computed = compute_run(
            run,
            today=today or timezone.localdate(),
            step=lambda percent: _step(run, percent),
            inputs=inputs,
        )
    except DomainError as error:
        _settle(run, state=LeasedState.FAILED, last_error=str(error.message))
        return
    except TakenOver:
        logger.warning("Run %s was taken over by another worker; this one stops.", run.pk)
        return
    done = {"state": LeasedState.DONE, "progress": 100, "finished_at": timezone.now()}
    if _settle(run, last_error="", **done, **computed):
        RunPart.objects.filter(run=run).delete()


def _step(run: Run, percent: int) -> None:
    """A sign of life: the lease is prolonged and the page shows how far it is."""
    if not renew(run):
        raise TakenOver
    Run.objects.filter(pk=run.pk, state=LeasedState.RUNNING).update(progress=percent)


def _settle(run: Run, **fields: Any) -> bool:
    """Note the outcome if the row is still with us."""
    done = settle(run, **fields)
    if not done:
        logger.warning("Run %s was taken over by another worker; its outcome is dropped.", run.pk)
    return done


def give_back(**signal: Any) -> None:
    """Beat's round: runs of dead workers wait again, those tried too often fail, workers look."""
    give_back_or_fail(Run.objects.all())
    RunPart.objects.exclude(run__state__in=[LeasedState.WAITING, LeasedState.RUNNING]).delete()
    if Run.objects.filter(state=LeasedState.WAITING).exists():
        look(RUN_TASK)


def cancel_run(run: Run, *, actor: Any = None) -> bool:
    """Stop a run that waits or is being carried out; a worker leaves it at its next step."""
    unfinished = Run.objects.filter(pk=run.pk).unfinished()
    done = bool(unfinished.update(state=LeasedState.CANCELLED, lease_until=None))
    if done:
        log_activity(run, "cancelled", actor=actor, programme=run.programme.code)
    return done


def report_of(programme: Programme) -> Run | None:
    """The newest finished run of the newest round, with charts and files."""
    return Run.objects.filter(programme=programme, cycle=None).drawn().first()


def make_report(
    programme: Programme,
    *,
    cycle: Cycle | None = None,
    with_files: bool = True,
    again: bool = False,
    today: date | None = None,
) -> tuple[Run, bool]:
    """A current report, computed here and now unless there is one; and whether it is new.

    `cycle` is another round than the newest. A run that waits for a worker is carried out here.
    Raises NotNow while a worker is busy with it.
    """
    inputs = read_inputs(
        programme, today=today or timezone.localdate(), cycle_name=cycle.name if cycle else None
    )
    finished = Run.objects.filter(programme=programme, cycle=cycle).finished()
    newest = (finished.filter(has_files=True) if with_files else finished).first()
    if newest is not None and not again and newest.input_hash == hash_of(inputs, seed=newest.seed):
        return newest, False
    ours = Run.objects.filter(programme=programme)
    if not ours.filter(state=LeasedState.WAITING, cycle=cycle, has_files=with_files).exists():
        _make_run(programme, None, SEED, cycle=cycle, has_files=with_files)
    run = claim(ours, f"here-{uuid.uuid4().hex}")
    if run is None:
        raise NotNow(_("The report is being made already; it will be here soon."))
    is_as_asked = run.cycle_id == (cycle.pk if cycle else None)
    carry_out(run, today=today, inputs=inputs if is_as_asked else None)
    run.refresh_from_db()
    return run, True
