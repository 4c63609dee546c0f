"""Bad input at a survey page: a clear page, the right status, and nothing half-stored."""

import datetime as dt

import pytest

from surveys.domain.opened import find_link
from surveys.domain.waves import close_wave, postpone_last_day
from surveys.models import Answer, Response
from tests.surveys import stories
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    return stories.open_link()


@pytest.fixture
def token(link):
    return link[1]


def page_of(response):
    """The page is a page: with a heading, in the language it says."""
    text = response.content.decode()
    assert "<h1" in text
    assert f'<html lang="{response["Content-Language"]}"' in text
    return text


def filled(token, page=1):
    block = find_link(token).asked.blocks[page - 1]
    return {item.code: "4" for item in block.items if item.is_statement}


@pytest.mark.parametrize(
    "path",
    ["A" * 32, "x", "%00", "a" * 3000, "..%2f..", "%F0%9F%A6%86", "A" * 32 + "/1", "a/b/c", "%ff"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guessed_or_mangled_link_is_not_known(client, link, path, method):
    response = getattr(client, method)(f"/s/{path}/")
    assert response.status_code == 404
    page_of(response)


def test_the_page_of_a_guessed_link_speaks_the_language_of_the_browser(client, link):
    english = client.get("/s/guessed/", headers={"accept-language": "en"})
    assert "This link is not known." in page_of(english)
    dutch = client.get("/s/guessed/", headers={"accept-language": "nl"})
    assert dutch["Content-Language"] == "nl"


@pytest.mark.parametrize("step", ["", "1/", "summary/", "thanks/"])
def test_a_closed_wave_says_so(client, link, step):
    wave, token = link
    close_wave(wave, by=None, on=TODAY)
    response = client.get(f"/s/{token}/{step}")
    assert response.status_code == 410
    page_of(response)


@pytest.mark.parametrize("step", ["", "1/", "summary/"])
def test_an_expired_link_says_so(client, link, step):
    wave, token = link
    postpone_last_day(wave, last_day=dt.date(2020, 1, 1), by=None)
    assert client.get(f"/s/{token}/{step}").status_code == 410
    if step:
        assert client.post(f"/s/{token}/{step}", filled(token)).status_code == 410
    assert not Response.objects.exists()


def test_an_answer_to_another_waves_statement_is_refused(client, link, token):
    version = stories.version_of(2)
    other = stories.opened_wave(version=version)
    foreign = stories.tokens_of(other)[0]
    response = client.post(f"/s/{foreign}/answer/", {"item": "saving", "value": "4"})
    assert response.status_code == 400
    page = client.post(f"/s/{foreign}/1/", {"s0-0": "1", "s0-1": "2", "saving": "4"})
    assert page.status_code == 400
    assert not Answer.objects.exists()


def test_a_step_that_does_not_exist_is_not_found(client, token):
    for step in ("0", "3", "99", "done", "1%00"):
        assert client.get(f"/s/{token}/{step}/").status_code == 404


@pytest.mark.parametrize(
    "value", ["0", "6", "-1", "4.5", "four", "4 ", "na", "\x00", "٤", "4" * 99]
)
def test_an_answer_out_of_range_is_refused_and_nothing_of_the_page_is_kept(client, token, value):
    response = client.post(f"/s/{token}/1/", filled(token) | {"right-themes": value})
    assert response.status_code == 400
    assert 'href="#right-themes-first"' in page_of(response)
    assert page_of(response).count(" checked") == 8
    assert not Response.objects.exists()


@pytest.mark.parametrize("value", ["0", "6", "x", "na", "\x00"])
def test_one_answer_out_of_range_is_refused(client, token, value):
    response = client.post(f"/s/{token}/answer/", {"item": "right-themes", "value": value})
    assert response.status_code == 400
    assert not Response.objects.exists()


@pytest.mark.parametrize("extra", [{"sneaky": "1"}, {"saving": "4"}, {"right-themes": ["4", "5"]}])
def test_an_extra_answer_is_refused_and_nothing_of_the_page_is_kept(client, token, extra):
    response = client.post(f"/s/{token}/1/", filled(token) | extra)
    assert response.status_code == 400
    page_of(response)
    assert not Response.objects.exists()


def test_a_missing_answer_is_asked_for_and_the_page_is_not_done(client, token):
    given = filled(token)
    given.pop("right-themes")
    assert client.post(f"/s/{token}/1/", given).status_code == 400
    assert client.get(f"/s/{token}/2/").headers["Location"] == f"/s/{token}/1/"
    assert Response.objects.get().state == "draft"


def test_a_null_byte_in_a_remark_is_refused(client, token):
    response = client.post(f"/s/{token}/1/", filled(token) | {"remark-learning": "a\x00b"})
    assert response.status_code == 400
    page_of(response)
    assert not Response.objects.exists()


def test_a_remark_that_is_too_long_comes_back_whole_to_be_shortened(client, token):
    remark = "word " * 1000
    response = client.post(f"/s/{token}/1/", filled(token) | {"remark-learning": remark})
    assert response.status_code == 400
    assert remark.strip() in page_of(response)
    assert not Response.objects.exists()


def test_the_longest_remark_fits_with_line_ends_of_two_characters(client, token):
    remark = "\r\n".join(["x" * 99] * 40)
    response = client.post(f"/s/{token}/1/", filled(token) | {"remark-learning": remark})
    assert response.status_code == 302
    assert len(Answer.objects.get(item__code="remark-learning").text) == 3999


@pytest.mark.parametrize("step", ["1/", "answer/"])
def test_a_megabyte_of_text_is_too_large(client, token, step):
    response = client.post(f"/s/{token}/{step}", {"remark-learning": "x" * 2**20})
    assert response.status_code == 413
    page_of(response)
    assert not Response.objects.exists()


def test_thousands_of_fields_are_refused(client, token):
    fields = {f"f{number}": "1" for number in range(3000)}
    assert client.post(f"/s/{token}/1/", fields).status_code == 400
    assert not Response.objects.exists()


def test_a_later_page_posted_first_is_refused_and_shows_the_way(client, token):
    response = client.post(f"/s/{token}/2/", filled(token, 2))
    assert response.status_code == 409
    assert f'href="/s/{token}/1/"' in page_of(response)
    assert client.post(f"/s/{token}/summary/").status_code == 409
    assert not Response.objects.exists()


def test_submitting_nothing_at_all_is_refused(client, token):
    for page in (1, 2):
        client.post(f"/s/{token}/{page}/", {"go": "leave"})
    assert client.post(f"/s/{token}/summary/").status_code == 400
    assert not Response.objects.filter(state="submitted").exists()


def test_a_language_that_is_not_there_is_refused(client, token):
    assert client.post(f"/s/{token}/", {"language": "xx"}).status_code == 400
    assert client.post(f"/s/{token}/", {}).status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
@pytest.mark.parametrize("step", ["", "1/", "answer/", "thanks/"])
def test_other_methods_are_not_allowed(client, token, method, step):
    assert getattr(client, method)(f"/s/{token}/{step}").status_code == 405


def test_a_link_is_not_written_in_the_log(client, link, caplog):
    wave, token = link
    close_wave(wave, by=None, on=TODAY)
    client.get(f"/s/{token}/")
    assert token not in caplog.text
