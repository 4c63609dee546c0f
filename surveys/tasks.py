"""Background work of this room. A message only says "look": the rows are the truth."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from core.tasks import worker_mark
from core.wake import look
from surveys.domain import asking
from surveys.domain.exports import EXPORT_TASK
from surveys.domain.exports import carry_out_waiting as make_waiting
from surveys.domain.reminders import REMIND_TASK, send_reminders, waves_to_remind
from surveys.domain.sealing import SEAL_TASK, destroy_shares, unsealed_waves, wipe_free_pages
from surveys.domain.tabulations import TABULATE_TASK, carry_out_waiting

REMINDERS_FROM_HOUR = 8
"""Local time: nobody wants a reminder at midnight."""


@shared_task(name=SEAL_TASK, ignore_result=True)
def seal_waves() -> None:
    """Destroy what is left of the keys of closed waves, and what the database keeps of old rows."""
    if destroy_shares():
        wipe_free_pages()


@shared_task(name=REMIND_TASK, ignore_result=True)
def send_due_reminders() -> None:
    """Write the reminders that are due today; one wave after another."""
    today = timezone.localdate()
    for wave in waves_to_remind(today):
        send_reminders(wave, today=today)


@shared_task(name=asking.REMIND_TASK, ignore_result=True)
def remind_of_interviews() -> None:
    """Write the reminders of interviews that are near."""
    asking.remind(timezone.now())


def sweep_interviews(**kwargs: Any) -> None:
    """Beat's round: is there an interview near of which nobody was reminded?"""
    if asking.near_interviews(timezone.now()).exists():
        look(asking.REMIND_TASK)


def sweep_waves(**kwargs: Any) -> None:
    """Beat's round: is there anything left to destroy, or anybody to remind?"""
    if unsealed_waves().exists():
        look(SEAL_TASK)
    now = timezone.localtime()
    if now.hour >= REMINDERS_FROM_HOUR and waves_to_remind(now.date()):
        look(REMIND_TASK)


@shared_task(name=TABULATE_TASK, ignore_result=True)
def tabulate_waves() -> None:
    """Count the large waves that wait for it."""
    carry_out_waiting(worker_mark())


@shared_task(name=EXPORT_TASK, ignore_result=True)
def make_exports() -> None:
    """Make the files of answers that somebody waits for."""
    make_waiting(worker_mark())
