"""Computing what is resampled one after another, or in parts over all workers.

A part is one indicator, one relation, one arrow of the framework, all levels, all differences or
all relations with a third thing held, with what it rests on; or some of the files. Its draws come
from streams that follow from the seed alone (`measures/drawing.py`), so the result is the same
whoever judges it, and in whatever order.
Imports numpy: for workers and commands.
"""

import gzip
import hashlib
import json
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet

from core.leases import claim, give_back_expired, renew
from core.models import LeasedState
from core.wake import look
from evaluation.domain.runs import PARTS_TASK, TakenOver
from evaluation.findings.differences import DIFFERENCE, judged_differences
from evaluation.findings.framework import ARROW, judged_arrow
from evaluation.findings.held import PARTIAL, judged_partials
from evaluation.findings.improvement import INDICATOR
from evaluation.findings.improvement_rows import judged_row
from evaluation.findings.levels import LEVELS, judged_levels
from evaluation.findings.relations import RELATION, judged_relation
from evaluation.findings.rounding import Payload, Spread, Step
from evaluation.models import Run, RunPart
from evaluation.report.files import BEGINS, ENDS, FILES, made_files

PARTS_FROM = 4
"""With fewer indicators and relations than this, the worker that holds the run computes all."""
HEAVY = frozenset({INDICATOR, RELATION, FILES})
LAID_OUT_AT_ONCE = 8
FILE_PLACES = 1_000_000
"""Where the numbers of files begin; those of what is computed lie below."""
WAIT = 0.5
"""Seconds between looks at what other workers still have."""


def one_after_another(payloads: Sequence[Payload], step: Step) -> list[dict[str, Any]]:
    """Judge all of them here."""
    found = []
    for number, payload in enumerate(payloads, start=1):
        found.append(computed(payload))
        step(5 + 45 * number // len(payloads))
    return found


def nothing_else() -> None:
    """Nothing has to be done or told."""


def computed(payload: Payload, alive: Callable[[], None] = nothing_else) -> dict[str, Any]:
    """What is asked, whichever of these it is. `alive` is called where it takes long."""
    if payload["kind"] == FILES:
        return made_files(payload, alive)
    return JUDGED.get(payload["kind"], _indicator)(payload)


def _indicator(payload: Payload) -> dict[str, Any]:
    return judged_row(payload)


JUDGED: dict[str, Callable[[Payload], dict[str, Any]]] = {
    RELATION: judged_relation,
    ARROW: judged_arrow,
    LEVELS: judged_levels,
    DIFFERENCE: judged_differences,
    PARTIAL: judged_partials,
}


def over_workers(
    run: Run,
    *,
    meanwhile: Callable[[], None] = nothing_else,
    between: tuple[int, int] = (5, 50),
    places: int = 0,
) -> Spread:
    """Judge them as rows that any worker may take; this one takes part, and waits for the rest.

    `meanwhile` is what only this worker can do: it begins with that, and the others with the parts.
    `between` are the percentages that this stretch of the run lies between, `places` where its
    numbers begin. The rows stay until the run is over (`domain/runs.py`).
    Parts that were judged before a worker died are kept, as far as they rest on the same data.
    """

    def spread(payloads: Sequence[Payload], step: Step) -> list[dict[str, Any]]:
        if sum(payload["kind"] in HEAVY for payload in payloads) < PARTS_FROM:
            return one_after_another(payloads, step)
        _lay_out(run, payloads, places)
        meanwhile()
        own, (first, last) = _own(run, places), between
        while (done := own.filter(state=LeasedState.DONE).count()) < len(payloads):
            alive = partial(step, first + (last - first) * done // len(payloads))
            alive()
            part = claim(own, run.claimed_by)
            if part is not None:
                judge_part(part, alive)
            elif not give_back_expired(own):
                time.sleep(WAIT)
        return [_unpacked(part.result) for part in own.order_by("place")]

    return spread


def files_over_workers(run: Run) -> Spread:
    """Have the files made likewise."""
    return over_workers(run, between=(BEGINS, ENDS), places=FILE_PLACES)


def _own(run: Run, places: int) -> QuerySet[RunPart]:
    """The parts of one stretch of a run."""
    return RunPart.objects.filter(run=run, place__gte=places, place__lt=places + FILE_PLACES)


def _lay_out(run: Run, payloads: Sequence[Payload], places: int) -> None:
    """A row a part. A few at a time, so that other workers begin while the rest is packed."""
    kept = dict(_own(run, places).values_list("place", "mark"))
    _drop(run, [place for place in kept if place >= places + len(payloads)])
    for begin in range(0, len(payloads), LAID_OUT_AT_ONCE):
        some = payloads[begin : begin + LAID_OUT_AT_ONCE]
        packed = [(place, _packed(each)) for place, each in enumerate(some, start=places + begin)]
        marks = {place: hashlib.sha256(each).hexdigest() for place, each in packed}
        new = [(place, each) for place, each in packed if kept.get(place) != marks[place]]
        _drop(run, [place for place, _each in new if place in kept])
        RunPart.objects.bulk_create(
            RunPart(run=run, place=place, mark=marks[place], payload=each) for place, each in new
        )
        look(PARTS_TASK)


def _drop(run: Run, places: Sequence[int]) -> None:
    """Parts of an earlier attempt that rest on other data."""
    if places:
        RunPart.objects.filter(run=run, place__in=places).delete()


class _PartTakenOver(TakenOver):
    """Another worker has the part now, or its run was stopped: whoever worked on it lets it be."""


def judge_waiting(worker: str) -> int:
    """Judge parts of runs that are being carried out, until none waits; how many there were."""
    running = Run.objects.filter(state=LeasedState.RUNNING)
    waiting = RunPart.objects.filter(run__in=running.values("pk"))
    done = 0
    while (part := claim(waiting, worker)) is not None:
        judge_part(part)
        done += 1
    return done


def judge_part(part: RunPart, still: Callable[[], None] = nothing_else) -> None:
    """Judge one; stored only while it is still with this worker. `still` is called where it takes
    long, and the lease is prolonged."""

    def alive() -> None:
        still()
        if not renew(part):
            raise _PartTakenOver

    try:
        result = _packed(computed(_unpacked(part.payload), alive))
    except _PartTakenOver:
        return
    held = RunPart.objects.filter(
        pk=part.pk, state=LeasedState.RUNNING, claimed_by=part.claimed_by, attempt=part.attempt
    )
    held.update(state=LeasedState.DONE, result=result, lease_until=None)


def _packed(told: dict[str, Any]) -> bytes:
    return gzip.compress(json.dumps(told, sort_keys=True).encode(), compresslevel=3, mtime=0)


def _unpacked(packed: bytes | memoryview) -> dict[str, Any]:
    return dict(json.loads(gzip.decompress(bytes(packed))))
