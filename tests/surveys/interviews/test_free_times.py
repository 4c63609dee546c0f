"""When an interviewer is free: hours, other days, what is around a talk, and the clock."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.exceptions import InvalidInput
from surveys.domain.diaries import diary_of, keep_diary
from surveys.interviewing.free_times import Planner, free_times, moment, starts_of
from tests import factories as make

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = dt.date(2027, 3, 1)
HOUR = 3600
MORNING = {0: [(dt.time(9), dt.time(12))]}


def clock(day, hour, minute=0, zone=AMSTERDAM):
    return moment(day, dt.time(hour, minute), zone)


def told(planner, *, first=MONDAY, last=MONDAY, length=HOUR, visit=False, now=0):
    found = starts_of(planner, first=first, last=last, length=length, visit=visit, now=now)
    return [dt.datetime.fromtimestamp(at, planner.zone).strftime("%d %H:%M") for at in found]


def test_times_begin_on_the_half_hours_and_end_within_the_hours():
    planner = Planner(1, AMSTERDAM, MORNING)
    assert told(planner) == ["01 09:00", "01 09:30", "01 10:00", "01 10:30", "01 11:00"]
    assert told(planner, length=2 * HOUR) == ["01 09:00", "01 09:30", "01 10:00"]
    assert told(planner, last=MONDAY + dt.timedelta(7), length=3 * HOUR) == ["01 09:00", "08 09:00"]


def test_a_day_of_its_own_has_other_hours_or_none():
    later = MONDAY + dt.timedelta(7)
    planner = Planner(1, AMSTERDAM, MORNING, {MONDAY: [], later: [(dt.time(20), dt.time(21))]})
    assert told(planner, last=later) == ["08 20:00"]


def test_buffers_and_travel_keep_their_distance():
    busy = ((clock(MONDAY, 10), clock(MONDAY, 11)),)
    day = {0: [(dt.time(8), dt.time(13))]}
    still = Planner(1, AMSTERDAM, day, busy=busy)
    assert told(still) == [
        f"01 {at}" for at in ("08:00", "08:30", "09:00", "11:00", "11:30", "12:00")
    ]
    careful = Planner(1, AMSTERDAM, day, before=600, after=900, travel=1800, busy=busy)
    assert told(careful) == ["01 08:00", "01 08:30", "01 11:30", "01 12:00"]
    assert told(careful, visit=True) == ["01 08:00", "01 12:00"]


def test_lead_time_and_the_most_of_a_day():
    planner = Planner(1, AMSTERDAM, MORNING, lead=HOUR)
    assert told(planner, now=clock(MONDAY, 9)) == ["01 10:00", "01 10:30", "01 11:00"]
    full = Planner(1, AMSTERDAM, MORNING, most_a_day=1, booked=[clock(MONDAY, 20)])
    assert told(full) == []


@pytest.mark.parametrize(
    ("day", "utc"),
    [(dt.date(2027, 3, 26), 8), (dt.date(2027, 3, 29), 7), (dt.date(2027, 11, 1), 8)],
)
def test_nine_o_clock_is_nine_o_clock_on_either_side_of_a_change_of_the_clock(day, utc):
    planner = Planner(1, AMSTERDAM, {day.weekday(): [(dt.time(9), dt.time(10))]})
    (start,) = starts_of(planner, first=day, last=day, length=HOUR, visit=False, now=0)
    assert dt.datetime.fromtimestamp(start, dt.UTC).hour == utc
    assert told(planner, first=day, last=day) == [f"{day:%d} 09:00"]


def test_a_night_in_which_the_clock_jumps_offers_each_moment_once():
    night = {6: [(dt.time(1), dt.time(5))]}
    spring = dt.date(2027, 3, 28)
    planner = Planner(1, AMSTERDAM, night)
    offered = told(planner, first=spring, last=spring)
    assert offered == ["28 01:00", "28 01:30", "28 03:00", "28 03:30", "28 04:00"]
    autumn = dt.date(2027, 10, 31)
    found = list(starts_of(planner, first=autumn, last=autumn, length=HOUR, visit=False, now=0))
    assert len(found) == len(set(found)) == 9


@given(
    some.lists(some.tuples(some.integers(0, 200), some.integers(1, 12)), max_size=15),
    some.integers(0, 60),
    some.integers(0, 60),
    some.integers(0, 90),
    some.booleans(),
)
def test_what_is_offered_never_touches_what_is_booked(gaps, before, after, travel, visit):
    busy, at = [], clock(MONDAY, 6)
    for gap, length in gaps:
        at += gap * 60
        busy.append((at, at + length * 600))
        at += length * 600
    planner = Planner(
        1,
        AMSTERDAM,
        {0: [(dt.time(7), dt.time(20))]},
        before=before * 60,
        after=after * 60,
        travel=travel * 60,
        busy=busy,
    )
    offered = set(starts_of(planner, first=MONDAY, last=MONDAY, length=HOUR, visit=visit, now=0))
    for start in range(clock(MONDAY, 7), clock(MONDAY, 19) + 1, 1800):
        begins, until = planner.around(start, HOUR, visit=visit)
        free = all(until <= one or begins >= other for one, other in busy)
        assert (start in offered) == free


def test_a_moment_names_everybody_who_is_free():
    first, second = Planner(4, AMSTERDAM, MORNING), Planner(2, ZoneInfo("Europe/London"), MORNING)
    found = free_times([first, second], first=MONDAY, last=MONDAY, length=HOUR, visit=False, now=0)
    assert found[clock(MONDAY, 10)] == [4, 2] and found[clock(MONDAY, 9)] == [4]
    assert list(found) == sorted(found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"weekly": [(0, dt.time(12), dt.time(9))]},
        {"weekly": [(0, dt.time(9), dt.time(12)), (0, dt.time(11), dt.time(13))]},
        {"other_days": [(MONDAY, dt.time(9), None)]},
        {"time_zone": "Europe/Utrecht"},
    ],
)
def test_hours_that_cannot_be_are_refused_and_the_earlier_ones_stay(wrong):
    diary = diary_of(make.UserFactory())
    keep_diary(diary, weekly=[(2, dt.time(9), dt.time(12))], other_days=[(MONDAY, None, None)])
    with pytest.raises(InvalidInput):
        keep_diary(diary, **{"weekly": [], "other_days": []} | wrong)
    assert diary.weekly.count() == 1 and diary.other_days.count() == 1
