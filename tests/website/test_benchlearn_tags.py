"""Words for dates, the strip of phases, and content in two languages."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from benchmarks.models import Cycle, Programme
from website.templatetags.benchlearn import anchor, in_language, phase_strip, when


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def days(number):
    return timezone.localdate() + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("number", "words", "overdue"),
    [
        (-2, "2 days late", True),
        (-1, "1 day late", True),
        (0, "Today", False),
        (1, "Tomorrow", False),
    ],
)
def test_a_date_near_by_is_said_in_words(number, words, overdue):
    due = when(days(number))
    assert (due.words, due.overdue) == (words, overdue)


def test_what_is_long_overdue_has_its_date_and_not_a_count_of_days():
    due = when(dt.date(2024, 10, 2))
    assert (due.words, due.overdue) == ("late since 2 October 2024", True)


def test_a_date_further_off_is_a_date():
    assert str(days(100).year) in when(days(100)).words
    assert when(None).words == "No date"


def cycle(start, end, phase="benchlearning"):
    return Cycle(starts_on=days(start), ends_on=days(end), phase=phase)


def states(strip):
    return [step.state for step in strip.steps]


def test_a_running_round_has_its_phase_now_and_today_on_its_line():
    strip = phase_strip(cycle(-50, 50))
    assert states(strip) == ["past", "now", "later"]
    assert (strip.percent, strip.today) == (50, "today")


@pytest.mark.parametrize(
    ("start", "end", "words"), [(-90, -10, "ended"), (10, 90, "not begun yet")]
)
def test_outside_its_period_a_round_says_so(start, end, words):
    strip = phase_strip(cycle(start, end))
    assert (strip.percent, strip.today) == (None, words)


def test_a_round_that_ended_has_no_phase_that_is_now():
    assert states(phase_strip(cycle(-90, -10))) == ["past", "past", "past"]


@pytest.mark.parametrize(("start", "side"), [(-2, "start"), (-50, "middle"), (-98, "end")])
def test_the_word_today_stays_within_the_line(start, side):
    assert phase_strip(cycle(start, start + 100)).text_anchor == side


def test_a_round_of_one_day_is_no_division_by_zero():
    assert phase_strip(cycle(0, 0)).percent == 0


def test_content_in_two_languages_falls_back_on_dutch():
    programme = Programme(name="Werk", name_en="Work", purpose="Leren")
    assert in_language(programme, "name") == "Work"
    assert in_language(programme, "purpose") == "Leren"
    with translation.override("nl"):
        assert in_language(programme, "name") == "Werk"


def test_two_deeds_have_anchors_of_their_own():
    one = SimpleNamespace(url="/a/", verb="Do", title="A")
    other = SimpleNamespace(url="/a/", verb="Do", title="B")
    assert anchor(one) != anchor(other)
