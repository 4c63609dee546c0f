"""How far the chains of evidence get: from a figure to the same figure, a cycle later.

Each number counts records that are a link of a chain: the figures that something was said about,
the actions that were agreed, and so on. A chain may start and stop anywhere, so a later number may
be higher than an earlier one. `changed` counts actions that were done and whose indicator has
another value after it than before; that is a sequence in time, and no proof of a cause.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from benchmarks.models import Figure
from learningcircles.following import actions_to_follow, done_on, promised_on
from learningcircles.models import Action, Signal

MONTHS_IN_A_QUARTER = 3

LINKS = ("figure", "reading", "signal", "topic", "action", "done", "practice", "changed")


def bounds_of(period: str) -> tuple[dt.date, dt.date]:
    """The first and last day of a period such as "2024", "2024-Q1" or "2024-01".

    >>> [str(day) for day in bounds_of("2024-Q1") + bounds_of("2024-12")]
    ['2024-01-01', '2024-03-31', '2024-12-01', '2024-12-31']
    """
    year, _dash, part = period.partition("-")
    first, last = 1, 12
    if part.startswith("Q"):
        last = int(part[1:]) * MONTHS_IN_A_QUARTER
        first = last - MONTHS_IN_A_QUARTER + 1
    elif part:
        first = last = int(part)
    next_month = dt.date(int(year) + last // 12, last % 12 + 1, 1)
    return dt.date(int(year), first, 1), next_month - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before an action was agreed and the same one after it was done."""

    before: Figure
    after: Figure

    @property
    def differs(self) -> bool:
        return self.before.value != self.after.value


def change_around(
    figures: Iterable[Figure], agreed: dt.date, done: dt.date, start: Figure | None = None
) -> Change | None:
    """What one indicator of one organisation was before an action, and a cycle later.

    Before is the figure that the chain started with, or else that of the last period that had
    ended when the action was agreed, or else of the period in which it was agreed. After is that of
    the first later period which ends once the action was done. None when one of them isn't there.
    """
    rows = sorted(((*bounds_of(figure.period), figure) for figure in figures), key=_by_end)
    ended = [figure for _first, last, figure in rows if last <= agreed]
    during = (figure for first, last, figure in rows if first <= agreed < last)
    before = start or (ended[-1] if ended else next(during, None))
    if before is None:
        return None
    since = max(bounds_of(before.period)[1] + dt.timedelta(days=1), done)
    after = next((figure for _first, last, figure in rows if last >= since), None)
    return Change(before, after) if after else None


def _by_end(row: tuple[dt.date, dt.date, Figure]) -> dt.date:
    return row[1]


def chain_counts(programme_id: int, organisation_id: int | None, today: dt.date) -> dict[str, int]:
    """How many records are a link of a chain, by link, in a programme or of one organisation."""
    actions = actions_to_follow(programme_id, organisation_id)
    signals = Signal.objects.filter(session__programme=programme_id)
    if organisation_id is not None:
        own = Q(organisation=organisation_id) | Q(pk__in=actions.values("signal"))
        signals = signals.filter(own)
    done = actions.filter(done_on(today))
    return {
        "figure": signals.exclude(figure=None).values("figure").distinct().count(),
        "reading": 0,
        "signal": signals.count(),
        "topic": 0,
        "action": actions.filter(promised_on(today)).count(),
        "done": done.count(),
        "practice": 0,
        "changed": sum(1 for change in changes_after(done) if change.differs),
    }


def changes_after(done: QuerySet) -> list[Change]:
    """What the figures did around each of these actions that are done, where there are figures."""
    rows = (
        done.annotate(moves=Coalesce("indicator", "signal__figure__indicator"))
        .exclude(moves=None)
        .select_related("signal__figure")
        .order_by("pk")
    )
    mine = rows.filter(organisation=OuterRef("organisation"), moves=OuterRef("indicator"))
    figures: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in Figure.objects.filter(Exists(mine.order_by())).order_by():
        figures[figure.organisation_id, figure.indicator_id].append(figure)
    found = (change_of(row, figures[row.organisation_id, row.moves]) for row in rows)
    return [change for change in found if change]


def change_of(action: Action, figures: list[Figure]) -> Change | None:
    """What the figures of one action's indicator and organisation did around it."""
    if action.agreed_on is None or action.done_on is None:
        return None
    start = action.signal.figure if action.signal else None
    own = {figure.pk for figure in figures}
    return change_around(
        figures, action.agreed_on, action.done_on, start if start and start.pk in own else None
    )
