"""Measuring agreement in a worker: its interval is drawn a thousand times, too much for a page."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from benchmarks.models import Programme
from core.leases import claim, give_back_expired
from core.models import LeasedState
from core.wake import look, look_on_commit
from evaluation.domain.agreement import agreement_as_json, agreement_on
from evaluation.models import AgreementCount
from surveys.evidence import codings_mark

AGREEMENT_TASK = "evaluation.tasks.measure_agreement"


@transaction.atomic
def request_agreement(programme: Programme) -> AgreementCount:
    """Ask for the agreement of the codings as they are now; asked twice, it is measured once."""
    row, _new = AgreementCount.objects.get_or_create(programme=programme)
    AgreementCount.objects.filter(pk=row.pk).exclude(state=LeasedState.RUNNING).update(
        state=LeasedState.WAITING, claimed_by="", lease_until=None, last_error=""
    )
    look_on_commit(AGREEMENT_TASK)
    return row


def measure_waiting(worker: str) -> int:
    """Measure what waits, a programme at a time; how many there were."""
    done = 0
    while (row := claim(AgreementCount.objects.all(), worker)) is not None:
        _measure(row)
        done += 1
    return done


def _measure(row: AgreementCount) -> None:
    """Stored only while the row is still ours."""
    mark = codings_mark(row.programme_id)
    result = [agreement_as_json(found) for found in agreement_on(row.programme)]
    held = AgreementCount.objects.filter(
        pk=row.pk, state=LeasedState.RUNNING, claimed_by=row.claimed_by, attempt=row.attempt
    )
    held.update(
        state=LeasedState.DONE,
        mark=mark,
        result=result,
        lease_until=None,
        finished_at=timezone.now(),
    )


def give_back_counts(**signal: Any) -> None:
    """Beat's round: rows of dead workers wait again, and a worker looks."""
    give_back_expired(AgreementCount.objects.all())
    if AgreementCount.objects.filter(state=LeasedState.WAITING).exists():
        look(AGREEMENT_TASK)
