"""Claiming rows: one worker at a time, for the length of a lease, on any database.

On PostgreSQL a row is taken with `select_for_update(skip_locked=True)`, so that ten workers never
wait for one another; elsewhere by a conditional update, which only one of them can win. Both are
the same promise: a row is with at most one worker, and a dead worker's row comes back.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from core.models import LeasedRow, LeasedState

MOST_ATTEMPTS = 3
"""A row whose worker died this often is failed: it would take the next worker down as well."""
STOPPED = gettext_noop("The worker stopped three times while it worked on this.")
"""What such a row says, to be translated where it is shown: nobody's language is known here."""


def _ripe(rows: QuerySet, waiting: str) -> QuerySet:
    """Waiting rows whose time has come, oldest first."""
    now = timezone.now()
    return rows.filter(Q(not_before=None) | Q(not_before__lte=now), state=waiting).order_by("pk")


def claim(
    rows: QuerySet,
    worker: str,
    *,
    waiting: str = LeasedState.WAITING,
    to: str = LeasedState.RUNNING,
) -> Any | None:
    """Take the oldest waiting row for this worker, or None when there is nothing to do.

    `rows` may be narrowed beforehand; `waiting` and `to` name the states before and after.
    """
    lease = {
        "state": to,
        "claimed_by": worker,
        "lease_until": timezone.now() + timedelta(seconds=settings.LEASE_SECONDS),
        "attempt": F("attempt") + 1,
    }
    if connection.features.has_select_for_update_skip_locked:
        with transaction.atomic():
            row = _ripe(rows, waiting).select_for_update(skip_locked=True).first()
            if row is not None:
                rows.model._base_manager.filter(pk=row.pk).update(**lease)
                row.refresh_from_db()
        return row
    for pk in _ripe(rows, waiting).values_list("pk", flat=True)[:20]:
        if rows.model._base_manager.filter(pk=pk, state=waiting).update(**lease):
            return rows.model._base_manager.get(pk=pk)
    return None


def renew(row: Any) -> bool:
    """Prolong the lease; False when the row was taken away meanwhile (stop working on it)."""
    until = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    held = type(row)._base_manager.filter(pk=row.pk, claimed_by=row.claimed_by, state=row.state)
    return bool(held.update(lease_until=until))


def give_back_expired(rows: QuerySet[LeasedRow]) -> int:
    """Rows whose worker gave no sign of life until the lease ran out: waiting again."""
    return rows.filter(state=LeasedState.RUNNING, lease_until__lt=timezone.now()).update(
        state=LeasedState.WAITING, claimed_by="", lease_until=None
    )


def give_back_or_fail(rows: QuerySet) -> None:
    """Rows whose worker gave no sign of life until the lease ran out: waiting again, but failed
    when it is the last of `MOST_ATTEMPTS`."""
    expired = rows.filter(state=LeasedState.RUNNING, lease_until__lt=timezone.now())
    expired.filter(attempt__gte=MOST_ATTEMPTS).update(
        state=LeasedState.FAILED, lease_until=None, last_error=STOPPED
    )
    give_back_expired(rows)


def settle(row: Any, **fields: Any) -> bool:
    """Note what became of a row that was claimed, and let it go; False when it isn't ours any more:
    another worker has it, or somebody stopped it."""
    held = type(row)._base_manager.filter(
        pk=row.pk, state=LeasedState.RUNNING, claimed_by=row.claimed_by, attempt=row.attempt
    )
    return bool(held.update(lease_until=None, modified_at=timezone.now(), **fields))


@transaction.atomic
def start_over(rows: QuerySet, **fields: Any) -> list[Any]:
    """What these rows made isn't right any more: those that are done or under way wait again, with
    these fields; as they were before."""
    made = rows.filter(state__in=(LeasedState.RUNNING, LeasedState.DONE))
    stale = list(made.select_for_update(no_key=True))
    rows.model._base_manager.filter(pk__in=[row.pk for row in stale]).update(
        state=LeasedState.WAITING, attempt=0, claimed_by="", lease_until=None, **fields
    )
    return stale
