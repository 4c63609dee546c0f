"""Answering by a personal link: calm, complete, and once."""

import pytest
from django.test import Client

from surveys.domain.opened import find_link
from surveys.domain.waves import close_wave
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


@pytest.fixture
def phone():
    return Client(enforce_csrf_checks=True)


def url(token, step=""):
    return f"/s/{token}/{step}/" if step else f"/s/{token}/"


def filled(token, page, value="4", **others):
    block = find_link(token).asked.blocks[page - 1]
    return {item.code: value for item in block.items if item.is_statement} | others


def walk(phone, token):
    for page in (1, 2):
        phone.post(url(token, page), filled(token, page))
    return phone.post(url(token, "summary"))


def test_the_whole_walk_stores_thirteen_answers_and_ends_with_thanks(phone, token):
    assert phone.get(url(token)).status_code == 200
    assert phone.get(url(token, 1)).status_code == 200
    assert phone.post(url(token, 1), filled(token, 1)).headers["Location"] == url(token, 2)
    assert phone.post(url(token, 2), filled(token, 2)).headers["Location"] == url(token, "summary")
    assert phone.get(url(token, "summary")).status_code == 200
    assert phone.post(url(token, "summary")).headers["Location"] == url(token, "thanks")
    assert phone.get(url(token, "thanks")).status_code == 200
    assert Response.objects.get().state == "submitted"
    assert Answer.objects.count() == 13


def test_no_page_sets_a_cookie_or_is_kept_by_a_cache(phone, token):
    for step in ("", 1, "nonsense"):
        response = phone.get(url(token, step))
        assert not response.cookies
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in response["Content-Security-Policy"]


def test_opening_every_page_of_a_link_stores_nothing(phone, token):
    for step in ("", 1, 2, "summary", "thanks"):
        phone.get(url(token, step))
        phone.head(url(token, step))
    assert not Response.objects.exists()


def test_a_statement_is_a_fieldset_with_a_legend_that_says_which_of_how_many(phone, token):
    page = phone.get(url(token, 1)).content.decode()
    assert page.count("<fieldset") == page.count("<legend>") == 9
    assert (
        "Statement 3 of 9"
        in phone.get(url(token, 1), headers={"accept-language": "en"}).content.decode()
        or "3" in page
    )


def test_what_was_given_is_there_again_on_another_device(phone, token):
    code = find_link(token).asked.blocks[0].items[0].code
    assert phone.post(url(token, "answer"), {"item": code, "value": "5"}).status_code == 204
    page = Client().get(url(token, 1)).content.decode()
    assert page.count(" checked") == 1


def test_going_on_later_starts_at_the_page_where_one_stopped(phone, token):
    phone.post(url(token, 1), filled(token, 1))
    assert url(token, 2) in Client().get(url(token)).content.decode()


def test_a_later_page_leads_back_to_the_one_that_comes_first(phone, token):
    assert phone.get(url(token, 2)).headers["Location"] == url(token, 1)
    assert phone.get(url(token, "summary")).headers["Location"] == url(token, 1)


def test_a_statement_left_open_is_asked_about_and_then_allowed(phone, token):
    given = filled(token, 1)
    given.pop("right-themes")
    asked = phone.post(url(token, 1), given)
    assert asked.status_code == 400
    assert "#right-themes-first" in asked.content.decode()
    assert asked.content.decode().count(" checked") == 8
    assert Answer.objects.count() == 8
    left = phone.post(url(token, 1), given | {"go": "leave"})
    assert left.headers["Location"] == url(token, 2)


def test_going_back_keeps_what_was_given(phone, token):
    phone.post(url(token, 1), filled(token, 1))
    back = phone.post(url(token, 2), {"saving": "2", "go": "back"})
    assert back.headers["Location"] == url(token, 1)
    assert Answer.objects.filter(item__code="saving", value=2).exists()


def test_another_language_loses_nothing_and_stays(phone, token):
    switched = phone.post(url(token, 1), {"right-themes": "2", "language": "en"})
    assert switched.headers["Location"] == url(token, 1)
    page = phone.get(url(token, 1))
    assert page["Content-Language"] == "en"
    assert "Statement 1 of 9" in page.content.decode()
    assert page.content.decode().count(" checked") == 1
    assert Client().get(url(token))["Content-Language"] == "en"


@pytest.mark.parametrize("step", ["", "summary", "thanks"])
def test_the_other_pages_change_language_too(phone, token, step):
    stories.answer_all(token, submit=step == "thanks")
    changed = phone.post(url(token, step), {"language": "en"})
    assert changed.headers["Location"] == url(token, step)
    assert phone.get(url(token, step))["Content-Language"] == "en"


def test_a_remark_comes_back_exactly_and_can_do_no_harm(phone, token):
    remark = "<script>alert(1)</script> & é"
    phone.post(url(token, 1), filled(token, 1, **{"remark-learning": remark}))
    page = phone.get(url(token, 1)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; é" in page
    assert Answer.objects.get(item__code="remark-learning").text == remark


def test_not_applicable_is_an_answer(phone, token):
    given = filled(token, 1) | {"inviting-circle": "na"}
    assert phone.post(url(token, 1), given).headers["Location"] == url(token, 2)
    assert Answer.objects.get(item__code="inviting-circle").not_applicable


def test_the_summary_shows_each_answer_and_what_was_left_open(phone, token):
    phone.post(url(token, 1), {"right-themes": "5", "go": "leave", "language": ""})
    phone.post(url(token, 2), {"go": "leave", "remark-effect": "Later & more."})
    page = phone.get(url(token, "summary")).content.decode()
    assert page.count("<dt>") == 15
    assert "Later &amp; more." in page


def test_a_repeated_submit_shows_the_thank_you_page(phone, token):
    walk(phone, token)
    again = phone.post(url(token, "summary"), follow=True)
    assert again.redirect_chain == [(url(token, "thanks"), 302)]
    assert again.status_code == 200
    assert Response.objects.count() == 1


def test_a_used_link_leads_to_the_thank_you_page_and_takes_no_answers(phone, token):
    walk(phone, token)
    assert phone.get(url(token)).headers["Location"] == url(token, "thanks")
    assert phone.get(url(token, 1)).headers["Location"] == url(token, "thanks")
    late = phone.post(url(token, "answer"), {"item": "saving", "value": "1"})
    assert late.status_code == 409
    assert not Answer.objects.filter(value=1).exists()


def test_thanks_are_only_for_who_submitted(phone, token):
    assert phone.get(url(token, "thanks")).headers["Location"] == url(token)


def test_the_scripted_save_answers_in_json_when_it_fails(phone, link):
    wave, token = link
    close_wave(wave, by=None, on=TODAY)
    failed = phone.post(
        url(token, "answer"),
        {"item": "saving", "value": "1"},
        headers={"accept": "application/json"},
    )
    assert failed.status_code == 410
    assert set(failed.json()) == {"message"}
