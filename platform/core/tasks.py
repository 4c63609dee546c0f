"""Celery tasks of the floor. A message only says "look": the rows are the truth."""

from celery import shared_task

from core.signals import sweep


@shared_task(name="core.tasks.wake_rows", ignore_result=True)
def wake_rows() -> None:
    """Beat's round: every room that keeps leased rows gives back what its workers dropped."""
    sweep.send(sender=None)
