"""Limits hold for a link, not for the building it is opened in; guessing is slow."""

import gzip
import logging
import secrets
import threading
import time

import pytest

from surveys import limits
from surveys.limits import GUESSES_AT_ONCE, MOST_PER_LINK, PerMinute
from tests.surveys import stories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_new_minute():
    limits.used_links.forget()
    limits.unknown_links.forget()
    yield
    limits.used_links.forget()
    limits.unknown_links.forget()


def guess(client):
    return client.get(f"/s/{secrets.token_urlsafe(24)}/")


def test_a_minute_ends():
    now = [0.0]
    counter = PerMinute(clock=lambda: now[0])
    assert [counter.count("link") for _time in range(3)] == [1, 2, 3]
    now[0] = 61
    assert counter.count("link") == 1


def test_a_link_that_is_used_too_often_waits_and_its_neighbour_does_not(client):
    one, other = stories.tokens_of(stories.opened_wave(sizes=(2,)))
    for _time in range(MOST_PER_LINK):
        limits.used_links.count(hash(one))
    refused = client.post(
        f"/s/{one}/answer/",
        {"item": "right-themes", "value": "3"},
        headers={"accept": "application/json"},
    )
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert client.get(f"/s/{one}/").status_code == 429
    assert client.get(f"/s/{other}/").status_code == 200


def test_a_whole_town_hall_behind_one_address_answers_at_once(client):
    for token in stories.tokens_of(stories.opened_wave(sizes=(40,))):
        assert client.get(f"/s/{token}/").status_code == 200
        answered = client.post(f"/s/{token}/answer/", {"item": "right-themes", "value": "3"})
        assert answered.status_code == 204


def test_guessing_becomes_slow_and_a_good_link_from_the_same_address_does_not(
    client, settings, caplog
):
    settings.SURVEY_GUESS_PAUSE = 0.2
    _wave, token = stories.open_link()
    for _time in range(GUESSES_AT_ONCE):
        assert guess(client).status_code == 404
    began = time.monotonic()
    with caplog.at_level(logging.WARNING, "surveys.limits"):
        assert guess(client).status_code == 404
    assert time.monotonic() - began >= 0.2
    assert "unknown survey links" in caplog.text
    began = time.monotonic()
    assert client.get(f"/s/{token}/").status_code == 200
    assert time.monotonic() - began < 0.2


def test_guesses_do_not_hold_all_threads_of_the_server(client, settings):
    settings.SURVEY_GUESS_PAUSE = 0.5
    for _time in range(GUESSES_AT_ONCE):
        limits.unknown_links.count("")
    error = limits.DomainError("unknown")
    waiting = [
        threading.Thread(target=limits.slow_down_guessing, args=[error])
        for _number in range(limits.WAITING_AT_ONCE)
    ]
    for thread in waiting:
        thread.start()
    time.sleep(0.1)
    began = time.monotonic()
    assert guess(client).status_code == 429
    assert time.monotonic() - began < 0.3
    for thread in waiting:
        thread.join()


def test_pages_are_compressed_for_whoever_can_unpack_them(client):
    _wave, token = stories.open_link()
    plain = client.get(f"/s/{token}/1/")
    packed = client.get(f"/s/{token}/1/", headers={"accept-encoding": "br, gzip"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    assert int(packed["Content-Length"]) == len(packed.content)
