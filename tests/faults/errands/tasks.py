import time

from celery import shared_task
from django.db import transaction

from core.leases import claim, give_back_expired, renew
from core.models import LeasedState
from core.tasks import worker_mark
from core.wake import look
from tests.faults.errands.models import Effect, Errand

TASK = "errands.carry_out"


@shared_task(name=TASK, ignore_result=True)
def carry_out():
    """Claim errands and carry them out, as every room does with its leased rows."""
    mark = worker_mark()
    while (errand := claim(Errand.objects.all(), mark)) is not None:
        if _work_on(errand):
            _finish(errand)


def _work_on(errand):
    for _step in range(5):
        time.sleep(0.03)
        if not renew(errand):
            return False
    return True


def _finish(errand):
    """The effect and the note of it in one transaction, if the row is still ours."""
    with transaction.atomic():
        held = Errand.objects.filter(
            pk=errand.pk, state=LeasedState.RUNNING, claimed_by=errand.claimed_by
        )
        if held.update(state=LeasedState.DONE):
            Effect.objects.create(errand=errand)


def sweep_errands(**kwargs):
    give_back_expired(Errand.objects.all())
    if Errand.objects.filter(state=LeasedState.WAITING).exists():
        look(TASK)
