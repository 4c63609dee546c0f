"""A remark is read, redacted and released by the coordinator before anyone else sees it."""

import doctest

import pytest

from core.exceptions import InvalidInput, NotNow
from surveys.domain import remarks
from surveys.domain.remarks import NoSuchRemark, review_remark
from surveys.domain.waves import close_wave
from surveys.models import Answer
from surveys.queries import released_remarks, remarks_of, unread_remarks
from tests import factories as make
from tests.surveys import stories
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db

WRITTEN = "<img src=x onerror=alert(1)> Piet of the desk"


def wave_with_remarks(size=5, *, close=True):
    wave = stories.opened_wave(sizes=(size,))
    for number, token in enumerate(stories.tokens_of(wave)):
        stories.answer_all(token, remark=WRITTEN if number == 0 else "")
    if close:
        close_wave(wave, by=None, on=TODAY)
    return stories.fresh(wave)


def signed_in(client, wave, role="coordinator"):
    client.force_login(make.AppointmentFactory(programme=wave.cycle.programme, role=role).user)
    return f"/programmes/{wave.cycle.programme.code}/waves/{wave.pk}/"


def decide(wave, remark, **fields):
    given = {"text": "Someone of the desk", "themes": ["desk"], "release": True} | fields
    return review_remark(wave, answer_id=remark.pk, by=None, **given)


def test_nobody_reads_a_remark_on_the_results_page_before_it_is_released(client):
    wave = wave_with_remarks()
    for role in ("coordinator", "evaluator"):
        page = client.get(signed_in(client, wave, role) + "results/").content.decode()
        assert "Piet" not in page


def test_what_is_released_is_what_the_coordinator_left_of_it(client):
    wave = wave_with_remarks()
    remark = remarks_of(wave).first()
    base = signed_in(client, wave)
    page = client.get(base + "remarks/").content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt; Piet" in page and "<img src=x" not in page
    given = {"text": "<b>Someone</b> of the desk", "themes": "desk, Desk, tools", "release": "yes"}
    assert client.post(f"{base}remarks/{remark.pk}/", given).status_code == 302
    results = client.get(signed_in(client, wave, "evaluator") + "results/").content.decode()
    assert "&lt;b&gt;Someone&lt;/b&gt; of the desk" in results and "(desk, tools)" in results
    assert "Piet" not in results
    assert remarks_of(wave).first().text == WRITTEN


def test_what_is_kept_back_is_not_shown_and_may_be_released_later():
    wave = wave_with_remarks()
    remark = remarks_of(wave).first()
    decide(wave, remark, release=False)
    assert not released_remarks(wave)
    assert unread_remarks(wave).count() == remarks_of(wave).count() - 1
    decide(wave, remark)
    assert [review.themes for review in released_remarks(wave)] == [["desk"]]
    decide(wave, remark, release=False)
    assert not released_remarks(wave)


def test_an_evaluator_and_a_stranger_do_not_find_the_remarks(client):
    wave = wave_with_remarks()
    base = signed_in(client, wave, "evaluator")
    assert client.get(base + "remarks/").status_code == 404
    client.force_login(make.AppointmentFactory().user)
    assert client.get(base + "remarks/").status_code == 404


def test_remarks_of_too_few_are_read_by_nobody(client):
    wave = wave_with_remarks(size=4)
    base = signed_in(client, wave)
    page = client.get(base + "remarks/").content.decode()
    assert "Piet" not in page
    with pytest.raises(NotNow):
        decide(wave, remarks_of(wave).first())


def test_remarks_of_an_open_wave_wait(client):
    wave = wave_with_remarks(close=False)
    assert client.get(signed_in(client, wave) + "remarks/").status_code == 302
    with pytest.raises(NotNow):
        decide(wave, remarks_of(wave).first())


@pytest.mark.parametrize(
    "fields", [{"text": "  "}, {"themes": ["x" * 41]}, {"themes": [str(n) for n in range(9)]}]
)
def test_nothing_to_show_or_too_many_themes_is_refused(fields):
    wave = wave_with_remarks()
    with pytest.raises(InvalidInput):
        decide(wave, remarks_of(wave).first(), **fields)


def test_an_answer_that_is_no_remark_or_of_another_wave_is_not_known():
    wave, other = wave_with_remarks(), wave_with_remarks()
    for answer in (
        Answer.objects.filter(response__wave=wave, text="").first(),
        remarks_of(other).first(),
    ):
        with pytest.raises(NoSuchRemark):
            decide(wave, answer)


def test_a_refusal_is_said_and_the_remark_stays_unread(client):
    wave = wave_with_remarks()
    base, remark = signed_in(client, wave), remarks_of(wave).first()
    page = client.post(f"{base}remarks/{remark.pk}/", {"text": " ", "release": "yes"}, follow=True)
    assert [str(message) for message in page.context["messages"]] != []
    assert not released_remarks(wave)


def test_the_examples_in_the_documentation_hold():
    assert doctest.testmod(remarks).failed == 0
