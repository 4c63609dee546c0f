"""Background work of this room. A message only says "look": the rows are the truth."""

from typing import Any

from celery import shared_task

from core.wake import look
from surveys.domain.sealing import SEAL_TASK, destroy_shares, unsealed_waves, wipe_free_pages


@shared_task(name=SEAL_TASK, ignore_result=True)
def seal_waves() -> None:
    """Destroy what is left of the keys of closed waves, and what the database keeps of old rows."""
    if destroy_shares():
        wipe_free_pages()


def sweep_waves(**kwargs: Any) -> None:
    """Beat's round: is there anything left to destroy?"""
    if unsealed_waves().exists():
        look(SEAL_TASK)
