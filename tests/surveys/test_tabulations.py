"""Large waves are counted by a worker, once, and its tables are what everyone reads."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import LeasedState
from surveys.domain import tabulations
from surveys.domain.tabulations import carry_out_waiting, give_back
from surveys.domain.waves import close_wave
from surveys.models import Tabulation
from surveys.results import are_being_counted, item_results
from surveys.tables import from_json, to_json
from surveys.tabulating import kept_tables, tabulate
from tests.surveys import stories
from tests.surveys.stories import TODAY
from tests.surveys.views.test_waves import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(settings):
    """A closed wave that is more than a page counts itself."""
    settings.TABULATE_IN_A_PAGE = 5
    wave = stories.opened_wave(sizes=(6,))
    for number, token in enumerate(stories.tokens_of(wave)):
        stories.answer_all(token, number % 5 + 1)
    close_wave(wave, by=None, on=TODAY)
    return stories.fresh(wave)


def test_closing_asks_a_worker_and_the_kept_tables_are_those_of_counting_now(large):
    assert are_being_counted(large)
    assert Tabulation.objects.get().state == LeasedState.WAITING
    assert carry_out_waiting("w1") == 1
    assert not are_being_counted(large)
    assert kept_tables(large) == replace(tabulate(large), pairs={})
    assert carry_out_waiting("w2") == 0


def test_tables_come_back_from_json_as_they_were(large):
    tables = tabulate(large)
    assert from_json(to_json(tables)) == tables


def test_what_a_dead_worker_held_is_counted_by_another(large):
    row = tabulations.claim(Tabulation.objects.all(), "dead")
    Tabulation.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    give_back()
    assert carry_out_waiting("alive") == 1
    with pytest.raises(tabulations.TakenOver):
        tabulations._step(row, 50)


def test_a_worker_that_dies_three_times_is_the_end_of_it(large):
    gone = timezone.now() - dt.timedelta(seconds=1)
    Tabulation.objects.update(state=LeasedState.RUNNING, lease_until=gone, attempt=3)
    give_back()
    assert Tabulation.objects.get().state == LeasedState.FAILED


def test_another_minimum_is_counted_anew(large):
    carry_out_waiting("w")
    programme = large.cycle.programme
    programme.minimum_group = 7
    programme.save()
    assert kept_tables(large) is None
    give_back()
    carry_out_waiting("w")
    assert kept_tables(large).respondents == {}
    assert {result.counts for result in item_results(large)} == {None}


def test_a_small_wave_needs_no_worker():
    wave = stories.opened_wave(sizes=(5,))
    close_wave(wave, by=None, on=TODAY)
    assert not Tabulation.objects.exists()


def test_counting_can_be_stopped_and_asked_for_again(large, client):
    signed_in(client, large, "coordinator")
    page = reverse("wave_results", args=[large.cycle.programme.code, large.pk])
    button = reverse("wave_counting", args=[large.cycle.programme.code, large.pk])
    row = tabulations.claim(Tabulation.objects.all(), "slow")
    assert 'value="stop"' in client.get(page).content.decode()
    client.post(button, {"do": "stop"})
    with pytest.raises(tabulations.TakenOver):
        tabulations._step(row, 50)
    give_back()
    assert carry_out_waiting("eager") == 0
    told = client.get(page).content.decode()
    assert 'value="count"' in told
    assert 'value="stop"' not in told
    client.post(button, {"do": "count"})
    assert carry_out_waiting("w1") == 1
    assert not are_being_counted(large)
    client.post(button, {"do": "stop"})
    assert not are_being_counted(large)
