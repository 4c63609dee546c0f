"""A page that is kept for many shows nobody another one's link or answers."""

from base64 import b64decode

import pytest

from surveys.device import shelf_of
from surveys.domain.waves import postpone_last_day
from surveys.rendering import ITEMS_HERE, SEAL_HERE, SHELF_HERE, TOKEN_HERE
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
    assert [here for here in (TOKEN_HERE, ITEMS_HERE, SHELF_HERE, SEAL_HERE) if here in page] == []


def test_each_link_has_a_shelf_and_a_seal_of_its_own_that_go_with_the_secret(client, settings):
    wave = stories.opened_wave(sizes=(2,))
    one, other = stories.tokens_of(wave)
    name, seal = shelf_of(one)
    assert len(b64decode(seal)) == 32 and len(name) == 12
    assert {name, seal}.isdisjoint(shelf_of(other))
    stories.answer_all(one, submit=False)
    left_open = client.post(f"/s/{one}/1/", {"go": "next"})  # a page with errors isn't kept
    for page in (client.get(f"/s/{one}/1/"), client.get(f"/s/{one}/summary/"), left_open):
        assert f'data-shelf="{name}" data-seal="{seal}"' in page.content.decode()
    stories.answer_all(one)
    last = client.get(f"/s/{one}/thanks/").content.decode()
    assert f'data-forget="{name}"' in last and seal not in last
    settings.SECRET_KEY = "another"
    assert {name, seal}.isdisjoint(shelf_of(one))


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
