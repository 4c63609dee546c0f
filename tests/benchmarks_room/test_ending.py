"""Before people go out of a programme that is over, whoever runs it is told in time."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from benchmarks.ending import WARNED, over_since, people_go_on
from core.deeds import deeds_of
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
KEPT = 5 * 365 * DAY


@pytest.fixture
def over():
    """The last round of a programme that ended long ago."""
    return make.CycleFactory(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 12, 31))


@pytest.fixture
def coordinator(over):
    return make.AppointmentFactory(programme=over.programme).user


def told(user, day):
    url = reverse("programme_files", args=[user.appointments.get().programme.code])
    return [deed for deed in deeds_of(user, day) if deed.url == url]


def test_eight_weeks_before_who_runs_it_gets_a_line_on_now(over, coordinator):
    goes = over.ends_on + KEPT + DAY
    assert told(coordinator, goes - WARNED - DAY) == []
    (deed,) = told(coordinator, goes - WARNED)
    assert deed.due == goes and str(over.programme) == deed.context
    assert not over_since(goes - DAY).exists() and over_since(goes).exists()


def test_it_stays_until_it_is_done_and_no_longer(over, coordinator):
    late = over.ends_on + KEPT + 30 * DAY
    (deed,) = told(coordinator, late)
    assert deed.due == late
    over.programme.people_forgotten_on = late
    over.programme.save()
    assert told(coordinator, late + DAY) == []


def test_a_new_round_takes_the_line_away(over, coordinator):
    make.CycleFactory(
        programme=over.programme,
        name="second",
        starts_on=dt.date(2025, 1, 1),
        ends_on=dt.date(2025, 12, 31),
    )
    assert told(coordinator, over.ends_on + KEPT) == []


def test_nobody_else_is_told_and_nobody_where_people_stay(over, coordinator, settings):
    evaluator = make.AppointmentFactory(programme=over.programme, role="evaluator").user
    day = over.ends_on + KEPT
    assert told(evaluator, day) == []
    settings.PROGRAMME_YEARS = 0
    assert told(coordinator, day) == []


def test_the_page_to_take_it_along_says_when_and_what_else_can_be_done(client, over, coordinator):
    today = timezone.localdate()
    client.force_login(coordinator)
    page = reverse("programme_files", args=[over.programme.code])
    type(over).objects.update(ends_on=today - KEPT + 20 * DAY)
    assert people_go_on(over.programme, today) == today + 21 * DAY
    assert "bl-notice--warning" in client.get(page).text
    type(over).objects.update(ends_on=today)
    assert "bl-notice--warning" not in client.get(page).text
