"""Making the files of a finished run again when an evaluator added something to it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.storage import storages
from django.utils.translation import gettext as _

from core.exceptions import NotNow
from core.leases import claim, give_back_or_fail, renew, settle
from core.models import LeasedState
from core.wake import look, look_on_commit
from evaluation.domain.judged import judged_result
from evaluation.models import FileOrder, Run

FILES_TASK = "evaluation.tasks.make_report_files"


def edition_of(run: Run) -> int:
    """How much was added to the run: grade changes and notes together."""
    return int(run.grade_changes.count() + run.notes.count())


def files_are_current(run: Run) -> bool:
    """Do the files say what the page says?"""
    edition = edition_of(run)
    done = FileOrder.objects.filter(run=run, state=LeasedState.DONE, edition=edition)
    return not edition or done.exists()


def order_files(run: Run) -> None:
    """Ask a worker for the files as the run stands now; nothing for a run without files."""
    if not run.has_files:
        return
    order, _new = FileOrder.objects.get_or_create(run=run)
    FileOrder.objects.filter(pk=order.pk).update(
        state=LeasedState.WAITING, claimed_by="", lease_until=None, last_error="", attempt=0
    )
    look_on_commit(FILES_TASK)


def make_waiting(worker: str) -> int:
    """Make the files that wait, a run at a time; how many there were."""
    done = 0
    while (order := claim(FileOrder.objects.all(), worker)) is not None:
        carry_out_order(order)
        done += 1
    return done


def files_made_now(run: Run) -> None:
    """Make the files here where they lag behind, without waiting for a worker."""
    if files_are_current(run):
        return
    order_files(run)
    order = claim(FileOrder.objects.filter(run=run), f"here-{uuid.uuid4().hex}")
    if order is None:
        raise NotNow(_("The files are being made already; they will be here soon."))
    carry_out_order(order)
    run.refresh_from_db()


def carry_out_order(order: FileOrder) -> None:
    """Stored only while the row is still ours; another addition meanwhile makes it wait again."""
    # What draws takes seconds to import: workers and commands that compute, nobody else.
    from evaluation.report.files import make_files  # noqa: PLC0415

    run = order.run
    edition, before = edition_of(run), dict(run.files)
    files, error = make_files(
        run,
        judged_result(run),
        step=_sign_of_life(order),
        edition=f"{edition}-{order.claimed_by[-8:]}-{order.attempt}",
    )
    if settle(order, state=LeasedState.DONE, edition=edition):
        Run.objects.filter(pk=run.pk).update(files=files, files_error=error)
        _delete(before)
    else:
        _delete(files)


def _sign_of_life(order: FileOrder) -> Callable[[int], None]:
    def step(percent: int) -> None:
        renew(order)

    return step


def _delete(files: Any) -> None:
    """Files that nothing names any more."""
    if isinstance(files, dict):
        for each in files.values():
            _delete(each)
    elif files:
        storages["private"].delete(files)


def give_back_files(**signal: Any) -> None:
    """Beat's round: orders of dead workers wait again or fail, and a worker looks."""
    give_back_or_fail(FileOrder.objects.all())
    if FileOrder.objects.filter(state=LeasedState.WAITING).exists():
        look(FILES_TASK)
