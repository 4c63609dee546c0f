"""The daily round: reminders, and how the groups stand. A row a day; one worker walks it."""

import logging
from datetime import date

from django.utils import timezone

from core.leases import claim, give_back_expired, renew
from core.models import LeasedState
from core.wake import look
from learningcircles.domain.groups import count_groups
from learningcircles.domain.reminders import remind_person, wanted_on
from learningcircles.models import FollowUpRound

logger = logging.getLogger(__name__)

ROUND_TASK = "learningcircles.tasks.walk_rounds"
FROM_HOUR = 8
"""Local time: nobody wants a reminder at midnight."""


def begin_round(day: date) -> FollowUpRound:
    """The round of this day; there is one, however often it is begun."""
    row, _new = FollowUpRound.objects.get_or_create(day=day)
    return row


def walk_rounds(worker: str) -> int:
    """Walk the rounds that wait, one after another; how many."""
    walked = 0
    while (row := claim(FollowUpRound.objects.all(), worker)) is not None:
        walk_round(row)
        walked += 1
    return walked


def walk_round(row: FollowUpRound) -> bool:
    """Count the groups, and remind everybody who must be on that day.

    Each person is a transaction of their own, so a worker that dies halfway has lost nothing, and
    the next one goes on with who is left. False when another worker took the row over.
    """
    count_groups(row.day)
    people = wanted_on(row.day)
    for number, (user, reasons) in enumerate(people.items()):
        if number % 50 == 0 and not renew(row):
            logger.warning("Round %s was taken over by another worker; this one stops.", row.day)
            return False
        remind_person(user, reasons, today=row.day)
    held = FollowUpRound.objects.filter(
        pk=row.pk, state=LeasedState.RUNNING, claimed_by=row.claimed_by
    )
    return bool(held.update(state=LeasedState.DONE, progress=100, lease_until=None))


def sweep_rounds(**signal: object) -> None:
    """Beat's round: begin today's in the morning, give back what a dead worker held, and look."""
    now = timezone.localtime()
    if now.hour >= FROM_HOUR:
        begin_round(now.date())
    give_back_expired(FollowUpRound.objects.all())
    if FollowUpRound.objects.filter(state=LeasedState.WAITING).exists():
        look(ROUND_TASK)
