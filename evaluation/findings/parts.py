"""Computing what is resampled one after another, or in parts over all workers.

A part is one indicator, one relation, one arrow of the framework, all levels, all differences or
all relations with a third thing held, with what it rests on. Its draws
come from streams that follow from the seed
alone (`measures/drawing.py`), so the result is the same whoever judges it, and in whatever order.
Imports numpy: for workers and commands.
"""

import gzip
import hashlib
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from core.leases import claim, give_back_expired
from core.models import LeasedState
from core.wake import look
from evaluation.domain.runs import PARTS_TASK
from evaluation.findings.differences import DIFFERENCE, judged_differences
from evaluation.findings.framework import ARROW, judged_arrow
from evaluation.findings.held import PARTIAL, judged_partials
from evaluation.findings.improvement import INDICATOR
from evaluation.findings.improvement_rows import judged_row
from evaluation.findings.levels import LEVELS, judged_levels
from evaluation.findings.relations import RELATION, judged_relation
from evaluation.findings.rounding import Payload
from evaluation.models import Run, RunPart

PARTS_FROM = 4
"""With fewer indicators and relations than this, the worker that holds the run computes all."""
HEAVY = frozenset({INDICATOR, RELATION})
MOST_CALLED = 16
WAIT = 0.5
"""Seconds between looks at what other workers still have."""

type Step = Callable[[int], None]
type Spread = Callable[[Sequence[Payload], Step], list[dict[str, Any]]]


def one_after_another(payloads: Sequence[Payload], step: Step) -> list[dict[str, Any]]:
    """Judge all of them here."""
    found = []
    for number, payload in enumerate(payloads, start=1):
        found.append(computed(payload))
        step(5 + 45 * number // len(payloads))
    return found


def computed(payload: Payload) -> dict[str, Any]:
    """What is asked, whichever of these it is."""
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


def over_workers(run: Run) -> Spread:
    """Judge them as rows that any worker may take; this one takes part, and waits for the rest.

    Parts that were judged before a worker died are kept, as far as they rest on the same data.
    """

    def spread(payloads: Sequence[Payload], step: Step) -> list[dict[str, Any]]:
        if sum(payload["kind"] in HEAVY for payload in payloads) < PARTS_FROM:
            return one_after_another(payloads, step)
        _lay_out(run, payloads)
        for _each in range(min(len(payloads), MOST_CALLED)):
            look(PARTS_TASK)
        own = RunPart.objects.filter(run=run)
        while (done := own.filter(state=LeasedState.DONE).count()) < len(payloads):
            step(5 + 45 * done // len(payloads))
            part = claim(own, run.claimed_by)
            if part is not None:
                judge_part(part)
            elif not give_back_expired(own):
                time.sleep(WAIT)
        rows = [_unpacked(part.result) for part in own.order_by("place")]
        own.delete()
        return rows

    return spread


def _lay_out(run: Run, payloads: Sequence[Payload]) -> None:
    packed = [_packed(payload) for payload in payloads]
    marks = [hashlib.sha256(each).hexdigest() for each in packed]
    kept = set(RunPart.objects.filter(run=run).values_list("place", "mark"))
    wanted = set(enumerate(marks))
    stale = [place for place, _mark in kept - wanted]
    RunPart.objects.filter(run=run, place__in=stale).delete()
    RunPart.objects.bulk_create(
        RunPart(run=run, place=place, mark=mark, payload=packed[place])
        for place, mark in sorted(wanted - kept)
    )


def judge_waiting(worker: str) -> int:
    """Judge parts of runs that are being carried out, until none waits; how many there were."""
    running = Run.objects.filter(state=LeasedState.RUNNING)
    waiting = RunPart.objects.filter(run__in=running.values("pk"))
    done = 0
    while (part := claim(waiting, worker)) is not None:
        judge_part(part)
        done += 1
    return done


def judge_part(part: RunPart) -> None:
    """Judge one; stored only while it is still with this worker."""
    result = _packed(computed(_unpacked(part.payload)))
    held = RunPart.objects.filter(
        pk=part.pk, state=LeasedState.RUNNING, claimed_by=part.claimed_by, attempt=part.attempt
    )
    held.update(state=LeasedState.DONE, result=result, lease_until=None)


def _packed(told: dict[str, Any]) -> bytes:
    return gzip.compress(json.dumps(told, sort_keys=True).encode(), compresslevel=3, mtime=0)


def _unpacked(packed: bytes | memoryview) -> dict[str, Any]:
    return dict(json.loads(gzip.decompress(bytes(packed))))
