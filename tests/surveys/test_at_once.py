"""Two tabs, two devices, two submits at the very same moment: one response."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from surveys.domain.responses import find_link, save_answer, submit_response
from surveys.given import Given
from surveys.models import Answer, Response
from tests.surveys import stories
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6
PATIENCE = 60.0
"""Seconds; who asks again and again may be unlucky for long."""


def all_at_once(deed):
    """Run the deed in several threads, started together; what each returned."""
    start = threading.Barrier(AT_ONCE)

    def run(number):
        start.wait()
        try:
            return patiently(lambda: deed(number))
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def patiently(deed):
    """SQLite in memory doesn't wait for another thread as a file does; so this does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            return deed()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.02)
    raise AssertionError("locked all the time")


def test_several_first_answers_at_once_make_one_draft_and_none_is_lost():
    _wave, token = stories.open_link()
    items = find_link(token).asked.blocks[0].items

    def save(number):
        save_answer(token, item=items[number], page=1, given=Given(value=3), today=TODAY)

    assert all_at_once(save) == [None] * AT_ONCE
    assert Response.objects.count() == 1
    assert Answer.objects.count() == AT_ONCE


def test_several_submits_at_once_give_one_response_and_all_are_told_it_is_in():
    _wave, token = stories.open_link()
    stories.answer_all(token, submit=False)
    found = all_at_once(lambda number: submit_response(token, today=TODAY))
    assert sorted(found) == [False] * (AT_ONCE - 1) + [True]
    assert Response.objects.filter(state="submitted").count() == Response.objects.count() == 1
    assert Answer.objects.count() == 13
