"""How a running wave stands: response by group against the target, forecast, time taken, where
people stop.

Everything here passes the rule for small groups (core/disclosure.py): a count of answers or drafts
is shown from the minimum group on, and hidden where it would give another away.
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.disclosure import enough, protect_counts
from people.enums import Role
from surveys.enums import ResponseState, WaveState
from surveys.measures.summary import median_of, quartiles_of
from surveys.models import Invitation, Response, Wave
from surveys.results import percent_of
from surveys.structure import questionnaire
from surveys.tables import Group
from surveys.tabulating import respondents_shown

GROUPINGS: dict[str, str | Promise] = {
    "role": gettext_lazy("Role"),
    "department": gettext_lazy("Department"),
}
DAYS_LOOKED_BACK = 7


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Response of a group; `submitted` and `percent` are None where they can't be shown."""

    label: str
    invited: int
    submitted: int | None

    @property
    def percent(self) -> int | None:
        return None if self.submitted is None else percent_of(self.submitted, self.invited)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Response by one property of people."""

    label: str | Promise
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the response will be on the last day if it goes on like the last days."""

    percent: int
    needed_a_day: int
    reaches: bool


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """Minutes from the first answer to submitting: of the one in the middle, and of half of all."""

    median: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Stop:
    """How many of those who began got as far as a page and no further, until now."""

    page: int
    title: str
    count: int | None


def groupings(wave: Wave) -> list[Grouping]:
    """Response by role and by department, of those properties that tell people apart at all: what
    may be shown beside one another, and beside the response by organisation.

    Only while the wave is open: closing an anonymous one takes away what too few share.
    """
    if wave.state != WaveState.OPEN:
        return []
    shown = respondents_shown(wave)
    return [
        Grouping(label, rows)
        for name, label in GROUPINGS.items()
        if len(rows := _rows(wave, name, shown)) > 1
    ]


def _rows(wave: Wave, name: str, shown: Mapping[Group, int]) -> tuple[GroupRow, ...]:
    invited = Invitation.objects.filter(wave=wave).order_by().values_list(name)
    rows = (
        GroupRow(_label(name, value), n, shown.get((name, value)))
        for value, n in invited.annotate(n=Count("pk"))
    )
    return tuple(sorted(rows, key=lambda row: row.label))


def _label(name: str, value: str) -> str:
    if not value:
        return _("not known")
    return str(Role(value).label) if name == "role" else value


def forecast(wave: Wave, *, today: dt.date) -> Forecast | None:
    """The response to expect, from the days so far; None where too few answered to say anything.

    The last seven days count, without today, which isn't over; the days left count today.
    """
    given = wave.responses.filter(state=ResponseState.SUBMITTED)
    total, invited = given.count(), wave.invitations.count()
    if wave.opened_on is None or not enough(total, wave.cycle.programme.minimum_group):
        return None
    since = max(wave.opened_on, today - dt.timedelta(DAYS_LOOKED_BACK))
    days, left = (today - since).days, (wave.last_day - today).days + 1
    if days < 1 or left < 1 or not invited:
        return None
    a_day = given.filter(submitted_on__gte=since, submitted_on__lt=today).count() / days
    expected = min(invited, total + a_day * left)
    wanted = math.ceil(invited * wave.target / 100)
    return Forecast(
        percent=round(100 * expected / invited),
        needed_a_day=max(0, math.ceil((wanted - total) / left)),
        reaches=expected >= wanted,
    )


def time_taken(wave: Wave) -> TimeTaken | None:
    """How long it takes; None as long as fewer than the minimum group submitted online."""
    rows = wave.responses.filter(state=ResponseState.SUBMITTED, minutes__isnull=False).order_by()
    counts = dict(rows.values_list("minutes").annotate(n=Count("pk")))
    if not enough(sum(counts.values()), wave.cycle.programme.minimum_group):
        return None
    low, high = quartiles_of(counts)
    return TimeTaken(median_of(counts) or 0, low, high)


def where_people_stop(wave: Wave) -> list[Stop]:
    """Of those who began and have not submitted: the page they are on. Empty when fewer than the
    minimum group are under way, for then it would be about somebody."""
    minimum = wave.cycle.programme.minimum_group
    drafts = Response.objects.filter(wave=wave, state=ResponseState.DRAFT)
    at = Counter(drafts.values_list("pages_done", flat=True))
    if not enough(sum(at.values()), minimum):
        return []
    blocks = questionnaire(wave.version_id).blocks
    titles = {number: block.title for number, block in enumerate(blocks)}
    titles[len(blocks)] = _("the summary, before submitting")
    counts = {page: at.get(page, 0) for page in titles}
    # A page on which nobody stopped tells of nobody: who began at all isn't known either.
    shown = protect_counts(counts, minimum)
    return [Stop(page + 1, title, shown[page]) for page, title in titles.items()]
