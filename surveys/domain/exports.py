"""Exports of a wave: who may ask for which, carrying one out once, and taking it away again."""

import logging
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit import Deed, record
from core.exceptions import DomainError, InvalidInput, NotNow
from core.leases import claim, give_back_or_fail, renew, settle, start_over
from core.models import LeasedState, log_activity
from core.wake import look, look_on_commit
from people.enums import Role
from surveys.enums import Channel, ExportFormat, ExportShape, WaveMode, WaveState
from surveys.models import Export, Response, Wave

logger = logging.getLogger(__name__)

EXPORT_TASK = "surveys.tasks.make_exports"
KEPT = timedelta(days=7)
"""Files of answers don't lie about: whoever needs one again asks again."""
MOST_UNFINISHED = 5
"""How many somebody may have waiting at a time."""


class Stopped(Exception):
    """The lease ran out and another worker has the row, or it was cancelled: store nothing."""


def check_exportable(wave: Wave) -> None:
    """Raise NotNow for a wave whose answers can't be given out yet.

    Whoever may lay two exports of an open wave beside each other sees who answered in between. An
    open wave to which nobody was asked to answer, and all answers of which were imported, has
    nobody to see.
    """
    if wave.state == WaveState.CLOSED:
        return
    answered_here = Response.objects.filter(wave=wave).exclude(channel=Channel.IMPORT)
    if wave.state == WaveState.DRAFT or wave.invitations.exists() or answered_here.exists():
        raise NotNow(_("Answers can be exported once the wave is closed."))


def may_identify(wave: Wave, user: Any) -> bool:
    """May this person have names beside the answers? A coordinator, in a wave by name."""
    if wave.mode != WaveMode.BY_NAME or not user.is_authenticated:
        return False
    return runs(wave, user)


def runs(wave: Wave, user: Any) -> bool:
    """Does this person coordinate the programme of this wave?"""
    mine = wave.cycle.programme.appointments.filter(user=user, role=Role.COORDINATOR)
    return bool(mine.exists())


@transaction.atomic
def request_export(
    wave: Wave,
    *,
    by: Any,
    format: str,
    shape: str = ExportShape.WIDE,
    language: str = "nl",
    identified: bool = False,
) -> Export:
    """Ask for a file; a worker makes it. Raises NotNow when the wave isn't closed, when names were
    asked for by somebody who may not have them, or while many others wait."""
    check_exportable(wave)
    if identified and not may_identify(wave, by):
        raise NotNow(_("Names can't be had in this wave."))
    mine = Export.objects.filter(requested_by=by).unfinished()
    if mine.count() >= MOST_UNFINISHED:
        raise NotNow(_("Wait until the files are there that you asked for."))
    export = Export.objects.create(
        wave=wave,
        requested_by=by,
        format=ExportFormat(format),
        shape=ExportShape(shape),
        language=language,
        identified=identified,
    )
    details = {"format": export.format, "identified": identified, "export": export.pk}
    log_activity(wave, "export requested", actor=by, **details)
    look_on_commit(EXPORT_TASK)
    _record(Deed.EXPORT_ASKED, export, by)
    return export


def _record(deed: Deed, export: Export, by: Any) -> None:
    about = {"wave": export.wave_id, "format": str(export.format), "names": export.identified}
    record(deed, export, by=by, scope=export.wave.cycle.programme, **about)


def cancel_export(export: Export) -> bool:
    """Stop making a file, or take away one that is there; False when it was so already."""
    with transaction.atomic():
        held = Export.objects.select_for_update(no_key=True).get(pk=export.pk)
        if held.state in (LeasedState.CANCELLED, LeasedState.FAILED):
            return False
        name = held.file
        held.state, held.file, held.lease_until = LeasedState.CANCELLED, "", None
        held.save(update_fields=["state", "file", "lease_until", "modified_at"])
        transaction.on_commit(lambda: _delete_file(name))
    return True


@transaction.atomic
def make_again(rows: QuerySet[Export]) -> None:
    """What is in these files isn't right any more: a worker makes them anew."""
    there = rows.exclude(state=LeasedState.DONE, file="")
    stale = start_over(there, file="", size=0, progress=0, finished_at=None)
    for row in stale:
        transaction.on_commit(partial(_delete_file, row.file))
    if stale:
        look_on_commit(EXPORT_TASK)


def _delete_file(name: str) -> None:
    if name:
        storages["private"].delete(name)


def carry_out_waiting(worker: str) -> int:
    """Make what waits, a file at a time, until nothing does; how many were tried."""
    tried = 0
    while (export := claim(Export.objects.all(), worker)) is not None:
        carry_out(export)
        tried += 1
    return tried


def carry_out(export: Export) -> None:
    """Make the file of a claimed row; nothing is kept unless the row is still ours at the end."""
    # What writes takes seconds to import: workers and commands that compute, nobody else.
    from surveys.exporting.files import make_file  # noqa: PLC0415

    try:
        check_exportable(export.wave)
        moderated = not runs(export.wave, export.requested_by)
        name, size, rows = make_file(export, moderated=moderated, step=_Steps(export))
    except DomainError as error:
        settle(export, state=LeasedState.FAILED, last_error=str(error.message))
        return
    except Stopped:
        logger.info("Export %s was cancelled or taken over; this worker stops.", export.pk)
        return
    done = settle(
        export,
        state=LeasedState.DONE,
        progress=100,
        finished_at=timezone.now(),
        file=name,
        size=size,
        rows=rows,
        last_error="",
    )
    if not done:
        _delete_file(name)


class _Steps:
    """A sign of life at each step, at most once a second: the lease is prolonged and the page shows
    how far it is. Raises Stopped when the row isn't ours any more."""

    def __init__(self, export: Export) -> None:
        self.export, self.told = export, timezone.now()

    def __call__(self, done: float) -> None:
        now = timezone.now()
        if now - self.told < timedelta(seconds=1):
            return
        self.told = now
        if not renew(self.export):
            raise Stopped
        Export.objects.filter(pk=self.export.pk, state=LeasedState.RUNNING).update(
            progress=min(99, round(100 * done))
        )


def give_back(**signal: Any) -> None:
    """Beat's round: exports of dead workers wait again, those tried too often fail, old files go,
    workers look."""
    now = timezone.now()
    give_back_or_fail(Export.objects.all())
    for export in Export.objects.filter(finished_at__lt=now - KEPT).exclude(file=""):
        cancel_export(export)
    if Export.objects.filter(state=LeasedState.WAITING).exists():
        look(EXPORT_TASK)


def write_export(wave: Wave, path: Path, *, format: str, **wanted: Any) -> int:
    """Write a file here and now, for who runs the installation; returns the number of rows."""
    from surveys.exporting.write import Wanted, export_wave  # noqa: PLC0415

    check_exportable(wave)
    record(Deed.EXPORT_FETCHED, wave, scope=wave.cycle.programme, format=format, by_command=True)
    if not path.parent.is_dir() or path.is_dir():
        raise InvalidInput(_("There is no folder to write %(file)s in.") % {"file": path})
    return export_wave(
        wave, Wanted(format=format, moderated=False, **wanted), path, step=lambda _done: None
    )


def open_file(export: Export, *, by: Any) -> File | None:
    """The file of an export, with a line in the logs, or None when it isn't there."""
    storage = storages["private"]
    if not export.file or not storage.exists(export.file):
        return None
    log_activity(export.wave, "export fetched", actor=by, export=export.pk)
    _record(Deed.EXPORT_FETCHED, export, by)
    return storage.open(export.file)
