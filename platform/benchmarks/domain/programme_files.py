"""Files of a whole programme: asking for one, making it once, fetching it, taking it away."""

import logging
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.domain.moving import export_programme
from benchmarks.models import Programme, ProgrammeFile
from core.audit import Deed, record
from core.exceptions import DomainError, NotNow
from core.leases import claim, give_back_or_fail, settle, start_over
from core.models import LeasedState, log_activity
from core.wake import look, look_on_commit

logger = logging.getLogger(__name__)
FILE_TASK = "benchmarks.tasks.make_programme_files"
STORAGE = "private"
KEPT = timedelta(days=7)
LEASE = timedelta(hours=1)
"""All records are read in one transaction that writes nothing, so no sign of life can be given."""


@transaction.atomic
def request_file(programme: Programme, *, by: Any, private: bool = False) -> ProgrammeFile:
    """Ask for a file; a worker makes it. Raises NotNow while another one is being made."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if ProgrammeFile.objects.filter(programme=programme).unfinished().exists():
        raise NotNow(_("A file of this benchmark is being made already."))
    made = ProgrammeFile.objects.create(programme=programme, requested_by=by, private=private)
    log_activity(programme, "programme file asked", actor=by, file=made.pk)
    look_on_commit(FILE_TASK)
    record(Deed.EXPORT_ASKED, made, by=by, scope=programme, private=private)
    return made


def carry_out_waiting(worker: str) -> int:
    """Make what waits, a file at a time, until nothing does; how many were tried."""
    tried = 0
    while (row := claim(ProgrammeFile.objects.all(), worker)) is not None:
        carry_out(row)
        tried += 1
    return tried


def carry_out(row: ProgrammeFile) -> None:
    """Make the file of a claimed row; nothing is kept unless the row is still ours at the end."""
    ours = ProgrammeFile.objects.filter(pk=row.pk, claimed_by=row.claimed_by)
    ours.update(lease_until=timezone.now() + LEASE)
    try:
        name, size = _make(row)
    except DomainError as error:
        settle(row, state=LeasedState.FAILED, last_error=str(error.message))
        return
    done = {"state": LeasedState.DONE, "progress": 100, "finished_at": timezone.now()}
    if not settle(row, file=name, size=size, last_error="", **done):
        logger.warning("Programme file %s was taken over or stopped; it is dropped.", row.pk)
        storages[STORAGE].delete(name)


def _make(row: ProgrammeFile) -> tuple[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "programme.zip"
        export_programme(row.programme, file, by=row.requested_by, private=row.private)
        with file.open("rb") as content:
            name = storages[STORAGE].save(f"programmes/{uuid4().hex}.zip", File(content))
        return name, file.stat().st_size


@transaction.atomic
def take_away(row: ProgrammeFile) -> bool:
    """Stop making a file, or remove one that is there; False when it was so already."""
    held = ProgrammeFile.objects.select_for_update(no_key=True).get(pk=row.pk)
    if held.state in (LeasedState.CANCELLED, LeasedState.FAILED):
        return False
    name = held.file
    held.state, held.file, held.lease_until = LeasedState.CANCELLED, "", None
    held.save(update_fields=["state", "file", "lease_until", "modified_at"])
    if name:
        transaction.on_commit(lambda: storages[STORAGE].delete(name))
    return True


@transaction.atomic
def make_again(rows: QuerySet[ProgrammeFile]) -> None:
    """What is in these files isn't right any more: a worker makes them anew."""
    there = rows.exclude(state=LeasedState.DONE, file="")
    stale = start_over(there, file="", size=0, progress=0, finished_at=None)
    for name in [row.file for row in stale if row.file]:
        transaction.on_commit(partial(storages[STORAGE].delete, name))
    if stale:
        look_on_commit(FILE_TASK)


def open_file(row: ProgrammeFile, *, by: Any) -> File | None:
    """The file, with a line in the logs, or None when it isn't there."""
    if not row.file or not storages[STORAGE].exists(row.file):
        return None
    log_activity(row.programme, "programme file fetched", actor=by, file=row.pk)
    record(Deed.EXPORT_FETCHED, row, by=by, scope=row.programme, private=row.private)
    return storages[STORAGE].open(row.file)


def give_back(**signal: Any) -> None:
    """Beat's round: files of dead workers wait again, those tried too often fail, old ones go."""
    now = timezone.now()
    give_back_or_fail(ProgrammeFile.objects.all())
    for row in ProgrammeFile.objects.filter(finished_at__lt=now - KEPT).exclude(file=""):
        take_away(row)
    if ProgrammeFile.objects.filter(state=LeasedState.WAITING).exists():
        look(FILE_TASK)
