"""Counting large waves: asked for by a row, done by one worker, kept."""

import logging
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.leases import claim, give_back_or_fail, renew
from core.models import LeasedState, log_activity
from core.wake import look, look_on_commit
from surveys.enums import WaveState
from surveys.linking import pairs_between
from surveys.models import Tabulation, Wave
from surveys.queries import wave_before
from surveys.tables import Pairs, Tables, to_json
from surveys.tabulating import hidden_before, is_large, kept_tables, tabulate

logger = logging.getLogger(__name__)

TABULATE_TASK = "surveys.tasks.tabulate_waves"


class TakenOver(Exception):
    """The lease ran out and another worker counts this wave now: stop, and keep nothing."""


def ask_for_tables(wave: Wave) -> Tabulation | None:
    """Ask a worker to count a closed wave; None for one that a page counts itself."""
    if wave.state != WaveState.CLOSED or not is_large(wave):
        return None
    with transaction.atomic():
        minimum = wave.cycle.programme.minimum_group
        row, _new = Tabulation.objects.get_or_create(wave=wave, minimum=minimum)
        look_on_commit(TABULATE_TASK)
    return row


@transaction.atomic
def stop_counting(wave: Wave, *, by: Any) -> bool:
    """Count no further; what was counted so far is forgotten. False when there was nothing to stop.

    A worker that is at it finds at its next step that the row is no longer with it.
    """
    counting = (LeasedState.WAITING, LeasedState.RUNNING)
    stopped = wave.tabulations.filter(state__in=counting).update(
        state=LeasedState.CANCELLED, lease_until=None, modified_at=timezone.now()
    )
    if stopped:
        log_activity(wave, "counting stopped", actor=by)
    return bool(stopped)


@transaction.atomic
def count_again(wave: Wave, *, by: Any) -> bool:
    """Count after all, from the start. False when nothing was stopped and nothing had failed."""
    ended = (LeasedState.CANCELLED, LeasedState.FAILED)
    begun = wave.tabulations.filter(state__in=ended).update(
        state=LeasedState.WAITING, progress=0, attempt=0, claimed_by="", last_error=""
    )
    if begun:
        log_activity(wave, "counting asked for again", actor=by)
        look_on_commit(TABULATE_TASK)
    return bool(begun)


def carry_out_waiting(worker: str) -> int:
    """Count the waves that wait, one at a time; how many were tried."""
    tried = 0
    while (row := claim(Tabulation.objects.all(), worker)) is not None:
        _carry_out(row)
        tried += 1
    return tried


def _carry_out(row: Tabulation) -> None:
    wave = Wave.objects.select_related("cycle__programme", "version").get(pk=row.wave_id)
    try:
        tables = tabulate(
            wave, hidden_before=hidden_before(wave), step=lambda percent: _step(row, percent)
        )
        tables = replace(tables, pairs=_pairs(wave, tables))
    except TakenOver:
        logger.warning("Tabulation %s was taken over by another worker; this one stops.", row.pk)
        return
    _held(row).update(
        state=LeasedState.DONE,
        progress=100,
        lease_until=None,
        minimum=tables.minimum,
        tables=to_json(tables),
        modified_at=timezone.now(),
    )


def _pairs(wave: Wave, tables: Tables) -> Pairs:
    """Those who answered in the wave before too."""
    earlier = wave_before(wave)
    if earlier is None:
        return {}
    before = kept_tables(earlier) or tabulate(earlier, hidden_before=hidden_before(earlier))
    return pairs_between(wave, tables, earlier, before)


def _step(row: Tabulation, percent: int) -> None:
    if not renew(row):
        raise TakenOver
    _held(row).update(progress=percent)


def _held(row: Tabulation) -> Any:
    """The row, if it is still with us."""
    return Tabulation.objects.filter(
        pk=row.pk, state=LeasedState.RUNNING, claimed_by=row.claimed_by, attempt=row.attempt
    )


def give_back(**signal: Any) -> None:
    """Beat's round: rows of dead workers wait again, large waves without tables are asked for."""
    give_back_or_fail(Tabulation.objects.all())
    for wave in _without_tables():
        ask_for_tables(wave)
    if Tabulation.objects.filter(state=LeasedState.WAITING).exists():
        look(TABULATE_TASK)


def _without_tables() -> list[Wave]:
    """Closed waves that were never asked for under the present minimum."""
    asked = Tabulation.objects.filter(minimum=F("wave__cycle__programme__minimum_group"))
    waves = Wave.objects.filter(state=WaveState.CLOSED).exclude(pk__in=asked.values("wave"))
    return [wave for wave in waves.select_related("cycle__programme") if is_large(wave)]
