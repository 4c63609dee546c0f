"""Management's overview of one organisation's actions: ages, cohorts of due dates, time to done.

All from one reading of the records; an organisation has some hundreds of actions.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learningcircles.enums import ActionStatus
from learningcircles.following import promised_on
from learningcircles.measures.survival import Curve, Duration, curve_of

MONTH = 30
AGES: tuple[tuple[int | None, Promise], ...] = (
    (MONTH, _("up to a month")),
    (3 * MONTH, _("one to three months")),
    (6 * MONTH, _("three to six months")),
    (None, _("longer than six months")),
)
"""Until how many days since agreed, and what that is called."""
STATES = (ActionStatus.AGREED, ActionStatus.UNDER_WAY, ActionStatus.HANDED_OVER)
COHORTS = 8
"""Quarters of due dates that are shown, the last one first."""
MONTHS_IN_A_QUARTER = 3


class Row(NamedTuple):
    """What the overview needs of a promised action."""

    agreed: date
    due: date | None
    done: date | None
    dropped: date | None
    status: str

    @property
    def is_open(self) -> bool:
        return self.done is None and self.dropped is None

    def as_on(self, day: date) -> "Row":
        """As it stood on a day: what was done or dropped later was open then, and under way."""
        late = [end for end in (self.done, self.dropped) if end is not None and end > day]
        if not late:
            return self
        return self._replace(done=None, dropped=None, status=ActionStatus.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Age:
    """Open actions of one age, by state and together."""

    label: str | Promise
    by_state: tuple[int, ...]

    @property
    def n(self) -> int:
        return sum(self.by_state)


@dataclass(frozen=True, slots=True)
class Cohort:
    """The actions that were first due in one quarter, and what became of them."""

    year: int
    quarter: int
    in_time: int
    later: int
    open: int
    dropped: int

    @property
    def n(self) -> int:
        return self.in_time + self.later + self.open + self.dropped


@dataclass(frozen=True, slots=True)
class Overview:
    ages: list[Age]
    cohorts: list[Cohort]
    curve: Curve


def overview_of(actions: QuerySet, today: date) -> Overview:
    """The overview of these actions, in one query."""
    names = ("agreed_on", "original_due", "done_on", "dropped_on", "status")
    promised = actions.filter(promised_on(today)).order_by()
    rows = [Row(*row).as_on(today) for row in promised.values_list(*names)]
    return Overview(_ages(rows, today), _cohorts(rows, today), curve_of(_durations(rows, today)))


def _ages(rows: list[Row], today: date) -> list[Age]:
    counts: Counter[tuple[int, str]] = Counter()
    for row in rows:
        if row.is_open:
            days = (today - row.agreed).days
            age = next(n for n, (limit, _l) in enumerate(AGES) if limit is None or days <= limit)
            counts[age, row.status] += 1
    return [
        Age(label, tuple(counts[number, state] for state in STATES))
        for number, (_limit, label) in enumerate(AGES)
    ]


def _fate(row: Row) -> str:
    """What became of an action by the date that it first had."""
    if row.dropped is not None:
        return "dropped"
    if row.done is None:
        return "open"
    return "in_time" if row.due is not None and row.done <= row.due else "later"


def _cohorts(rows: list[Row], today: date) -> list[Cohort]:
    """By quarter of the first due date, those that have come, the last one first."""
    counts: Counter[tuple[int, int, str]] = Counter()
    for row in rows:
        if row.due is not None and row.due <= today:
            quarter = (row.due.month - 1) // MONTHS_IN_A_QUARTER + 1
            counts[row.due.year, quarter, _fate(row)] += 1
    quarters = sorted({(year, quarter) for year, quarter, _fate in counts}, reverse=True)
    fates = ("in_time", "later", "open", "dropped")
    return [
        Cohort(year, quarter, *(counts[year, quarter, fate] for fate in fates))
        for year, quarter in quarters[:COHORTS]
    ]


def _durations(rows: list[Row], today: date) -> Counter[Duration]:
    """As `following.durations_of`: what is open is censored today, what was dropped on its day."""
    return Counter(
        (((row.done or row.dropped or today) - row.agreed).days, row.done is not None)
        for row in rows
    )
