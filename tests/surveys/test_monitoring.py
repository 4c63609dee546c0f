"""How a running wave stands, and that nobody is told of by it."""

import datetime as dt
import time

import pytest
from django.utils import translation

from surveys.domain.invitations import Guest, invite
from surveys.domain.waves import close_wave, open_wave
from surveys.models import Response
from surveys.monitoring import forecast, groupings, time_taken, where_people_stop
from surveys.results import response_table
from tests.surveys import stories
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def wave_of(*groups):
    """An open wave; each group is a number of people in an organisation, role and department."""
    wave, places = stories.prepared_wave(), {}
    for number, (count, place, role, department) in enumerate(groups):
        if place not in places:
            places[place] = stories.organisation_in(wave)
        background = {"role": role, "department": department}
        people = [
            Guest(f"G {number}-{one}", f"g{number}-{one}@example.org", places[place], **background)
            for one in range(count)
        ]
        invite(wave, guests=people, by=None)
    return open_wave(wave, by=None, on=TODAY)


def answer(wave, *, without=()):
    for token, person in zip(stories.tokens_of(wave), wave.invitations.order_by("pk"), strict=True):
        if person.email not in without:
            stories.answer_all(token)


def rows_of(wave):
    with translation.override("en"):
        return {
            str(grouping.label): {row.label: row.submitted for row in grouping.rows}
            for grouping in groupings(wave)
        }


def test_response_by_role_and_department_stands_against_who_was_asked():
    wave = wave_of((6, "a", "participant", "Finance"), (7, "a", "management", "Social"))
    answer(wave, without={"g0-0@example.org"})
    assert rows_of(wave) == {
        "Role": {"participant": 5, "management": 7},
        "Department": {"Finance": 5, "Social": 7},
    }


def test_a_department_that_is_nearly_an_organisation_is_not_shown_beside_it():
    """Organisation A less the department X would be one person."""
    wave = wave_of((6, "a", "", "X"), (1, "a", "", "Y"), (9, "b", "", "Y"))
    answer(wave)
    assert [row.submitted for row in response_table(wave).rows] == [7, 9]
    assert rows_of(wave)["Department"] == {"X": None, "Y": None}


def test_a_department_of_which_nobody_answered_is_not_known_to_be_empty():
    wave = wave_of((6, "a", "", "X"), (6, "a", "", "Y"))
    answer(wave, without={f"g1-{one}@example.org" for one in range(6)})
    assert rows_of(wave)["Department"] == {"X": None, "Y": None}


def test_the_forecast_goes_on_as_the_last_days_did():
    wave = stories.opened_wave(sizes=(20,), last_day=TODAY + 10 * DAY, target=80)
    for token in stories.tokens_of(wave)[:4]:
        stories.answer_all(token)
    assert forecast(wave, today=TODAY + 2 * DAY) is None
    stories.answer_all(stories.tokens_of(wave)[4])
    wave.responses.update(submitted_on=TODAY)
    found = forecast(wave, today=TODAY + 5 * DAY)
    # One a day, six days to go with today: 11 of 20; and 16 are wanted.
    assert (found.percent, found.reaches, found.needed_a_day) == (55, False, 2)
    assert forecast(wave, today=TODAY) is None


def test_where_people_stop_is_told_of_enough_people_only():
    wave = stories.opened_wave(sizes=(12,))
    tokens = stories.tokens_of(wave)
    for token in tokens[:4]:
        stories.answer_all(token, submit=False)
    assert where_people_stop(wave) == []
    for token in tokens[4:6]:
        stories.answer_all(token, submit=False)
    assert [stop.count for stop in where_people_stop(wave)] == [0, 0, 6]
    wave.responses.filter(pk__in=wave.responses.values("pk")[:2]).update(pages_done=1)
    assert [stop.count for stop in where_people_stop(wave)] == [0, None, None]


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved."""
    now = {"second": 1_800_000_000}
    monkeypatch.setattr(time, "time", lambda: now["second"])
    return now


def test_the_time_it_takes_is_told_in_minutes_of_enough_people_and_kept_until_closing(clock):
    wave = stories.opened_wave(sizes=(6,))
    tokens = stories.tokens_of(wave)
    for token in tokens:
        stories.answer_all(token, submit=False)
    kept = set(Response.objects.values_list("begun", flat=True))
    assert len(kept) == 6  # each with a number of its own: nothing to see in the database
    for token, minutes in zip(tokens, (3, 4, 5, 6, 40, 99_999), strict=True):
        assert time_taken(wave) is None or minutes == 99_999
        clock["second"] = 1_800_000_000 + 60 * minutes
        stories.answer_all(token)
    assert sorted(wave.responses.values_list("minutes", flat=True)) == [3, 4, 5, 6, 40, 9_999]
    found = time_taken(wave)
    assert (found.median, found.low, found.high) == (5.5, 4, 40)
    assert not wave.responses.exclude(begun=None).exists()
    close_wave(wave, by=None, on=TODAY)
    assert not wave.responses.exclude(minutes=None).exists()
