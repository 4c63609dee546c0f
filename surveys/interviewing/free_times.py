"""When somebody is free: weekly hours and other days, less what is booked. No database.

Moments are whole seconds since 1970 (UTC); hours are those of the interviewer's own clock, and
become moments day by day, so that a change of the clock lies where it belongs.
"""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

STEP = 30 * 60
"""Interviews begin on the half hours counted from when the hours begin."""

type Hours = tuple[dt.time, dt.time]
type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Planner:
    """An interviewer's plans. `before`, `after` and `travel` in seconds; `busy` in order of time,
    without overlap; `booked` are the moments at which interviews begin."""

    number: int
    zone: ZoneInfo
    weekly: Mapping[int, Sequence[Hours]] = field(default_factory=dict)
    other_days: Mapping[dt.date, Sequence[Hours]] = field(default_factory=dict)
    before: int = 0
    after: int = 0
    travel: int = 0
    most_a_day: int = 20
    lead: int = 0
    busy: Sequence[Span] = ()
    booked: Sequence[int] = ()

    def around(self, start: int, length: int, *, visit: bool) -> Span:
        """What an interview takes: the talk, the time around it and, for a visit, the travel."""
        way = self.travel if visit else 0
        return start - self.before - way, start + length + self.after + way

    def hours_of(self, day: dt.date) -> Sequence[Hours]:
        """The hours of a day: those of the day itself where there are, else those of its week."""
        own = self.other_days.get(day)
        return self.weekly.get(day.weekday(), ()) if own is None else own


def moment(day: dt.date, time: dt.time, zone: ZoneInfo) -> int:
    """The moment at which a clock shows this; a time that the clock skips is as long after the
    skip, and of one that it shows twice it is the first.

    >>> moment(dt.date(2027, 3, 28), dt.time(9), ZoneInfo("Europe/Amsterdam"))
    1806217200
    """
    return int(dt.datetime.combine(day, time, zone).timestamp())


def starts_of(
    planner: Planner, *, first: dt.date, last: dt.date, length: int, visit: bool, now: int
) -> Iterator[int]:
    """Moments from the first to the last day at which an interview of so many seconds may begin."""
    ends = [end for _start, end in planner.busy]
    full = _full_days(planner)
    for number in range((last - first).days + 1):
        day = first + dt.timedelta(days=number)
        if day in full:
            continue
        for opens, closes in planner.hours_of(day):
            start = moment(day, opens, planner.zone)
            stop = moment(day, closes, planner.zone) - length
            for at in range(start, stop + 1, STEP):
                if at >= now + planner.lead and not _overlaps(planner, ends, at, length, visit):
                    yield at


def _full_days(planner: Planner) -> set[dt.date]:
    """Days on which no more interviews are held: as many as there may be."""
    held: dict[dt.date, int] = defaultdict(int)
    for at in planner.booked:
        held[dt.datetime.fromtimestamp(at, planner.zone).date()] += 1
    return {day for day, number in held.items() if number >= planner.most_a_day}


def _overlaps(planner: Planner, ends: Sequence[int], start: int, length: int, visit: bool) -> bool:
    begins, until = planner.around(start, length, visit=visit)
    at = bisect_right(ends, begins)
    return at < len(ends) and planner.busy[at][0] < until


def free_times(planners: Iterable[Planner], **asked: object) -> dict[int, list[int]]:
    """Of these people, who is free when: moment to their numbers, in order of time.

    `asked` is what `starts_of` wants to know.
    """
    found: dict[int, list[int]] = defaultdict(list)
    for planner in planners:
        for at in starts_of(planner, **asked):  # type: ignore[arg-type]
            found[at].append(planner.number)
    return dict(sorted(found.items()))
