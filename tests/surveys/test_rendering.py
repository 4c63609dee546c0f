"""A page that is kept for many shows nobody another one's link or answers."""

import pytest

from surveys.domain.waves import postpone_last_day
from surveys.rendering import ITEMS_HERE, TOKEN_HERE
from tests.surveys import stories

pytestmark = pytest.mark.django_db


def test_two_colleagues_see_their_own_link_and_answers_on_the_same_page(client):
    wave = stories.opened_wave(sizes=(2,))
    one, other = stories.tokens_of(wave)
    client.post(f"/s/{one}/answer/", {"item": "right-themes", "value": "5"})
    first = client.get(f"/s/{one}/1/").content.decode()
    second = client.get(f"/s/{other}/1/").content.decode()
    assert (first.count(" checked"), second.count(" checked")) == (1, 0)
    assert one in first
    assert other not in first
    assert other in second
    assert one not in second


def test_two_colleagues_see_their_own_answers_in_the_summary(client):
    wave = stories.opened_wave(sizes=(2,))
    one, other = stories.tokens_of(wave)
    for token, answers in ((one, "5"), (other, "1")):
        stories.answer_all(token, submit=False, value=int(answers))
    first, second = (client.get(f"/s/{token}/summary/").content.decode() for token in (one, other))
    assert one in first
    assert other not in first
    assert (first.count("Helemaal eens"), second.count("Helemaal eens")) == (13, 0)
    assert second.count("Helemaal oneens") == 13


@pytest.mark.parametrize("step", ["", "1/", "summary/", "thanks/"])
def test_no_page_shows_where_something_was_to_be_put_in(client, step):
    _wave, token = stories.open_link()
    if step in ("summary/", "thanks/"):
        stories.answer_all(token, submit=step == "thanks/")
    page = client.get(f"/s/{token}/{step}").content.decode()
    assert TOKEN_HERE not in page
    assert ITEMS_HERE not in page


def test_another_organisation_and_another_language_get_a_page_of_their_own(client):
    wave = stories.opened_wave(sizes=(1, 1))
    pages = [client.get(f"/s/{token}/").content.decode() for token in stories.tokens_of(wave)]
    names = wave.invitations.order_by("pk").values_list("organisation__name", flat=True)
    for page, name in zip(pages, names, strict=True):
        assert f"{name}." in page
    token = stories.tokens_of(wave)[0]
    client.post(f"/s/{token}/", {"language": "en"})
    assert "How do you experience" in client.get(f"/s/{token}/").content.decode()


def test_a_last_day_that_moves_is_the_new_one_at_once(client):
    wave, token = stories.open_link()
    before = client.get(f"/s/{token}/").content.decode()
    assert "2099" in before
    postpone_last_day(wave, last_day=stories.LAST_DAY.replace(year=2098), by=None)
    assert "2098" in client.get(f"/s/{token}/").content.decode()
