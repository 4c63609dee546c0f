"""One link, one response, and nothing that ties it to a person afterwards."""

import datetime as dt

import pytest

from core.exceptions import Gone, InvalidInput
from surveys.domain import opened
from surveys.domain.opened import AlreadyAnswered, UnknownLink, find_link
from surveys.domain.responses import (
    NotYet,
    answers_of,
    choose_language,
    save_answer,
    save_page,
    submit_response,
)
from surveys.domain.waves import close_wave
from surveys.given import Given
from surveys.models import Answer, Invitation, Response
from tests.surveys import stories
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    return stories.open_link()


def keep(token, item, given, today=TODAY):
    page = find_link(token).asked.pages_of_items[item.code]
    save_answer(token, item=item, page=page, given=given, today=today)


def first_item(token):
    return find_link(token).asked.blocks[0].items[0]


def test_opening_a_link_stores_nothing(link):
    _wave, token = link
    find_link(token)
    assert not Response.objects.exists()


def test_a_guessed_link_is_not_known(link):
    with pytest.raises(UnknownLink):
        find_link("A" * 32)


def test_a_link_of_a_wave_in_preparation_is_not_known_yet():
    wave = stories.prepared_wave()
    stories.invite(wave, guests=stories.guests(stories.organisation_in(wave), 1), by=None)
    with pytest.raises(UnknownLink):
        find_link(stories.tokens_of(wave)[0])


def test_each_answer_is_kept_as_it_is_given(link):
    _wave, token = link
    keep(token, first_item(token), Given(value=2))
    assert answers_of(find_link(token)) == {first_item(token).id: Given(value=2)}


def test_a_changed_answer_takes_the_place_of_the_first(link):
    _wave, token = link
    for given in (Given(value=2), Given(not_applicable=True)):
        keep(token, first_item(token), given)
    assert answers_of(find_link(token)) == {first_item(token).id: Given(not_applicable=True)}


def test_an_emptied_remark_is_taken_away_and_the_rest_stays(link):
    _wave, token = link
    remark = find_link(token).asked.blocks[0].items[-1]
    keep(token, first_item(token), Given(value=2))
    keep(token, remark, Given(text="More time."))
    keep(token, remark, None)
    assert list(answers_of(find_link(token))) == [first_item(token).id]


def test_an_answer_on_a_page_that_was_not_reached_is_refused(link):
    _wave, token = link
    later = find_link(token).asked.blocks[1].items[0]
    with pytest.raises(NotYet):
        keep(token, later, Given(value=2))
    assert not Response.objects.exists()


def test_submitting_makes_one_response_and_says_so_only_once(link):
    _wave, token = link
    assert stories.answer_all(token) is True
    assert submit_response(token, today=TODAY) is False
    assert Response.objects.filter(state="submitted").count() == 1
    assert Answer.objects.count() == 13


def test_a_submit_that_read_the_link_before_another_one_finished_changes_nothing(link, monkeypatch):
    """Where the database holds no row for us, the conditional update lets only one through."""
    _wave, token = link
    stories.answer_all(token, submit=False)
    draft, used = opened.draft_digest_of(token), opened.used_digest_of(token)
    stale = list(opened.READ_LINK.rows(draft, used, opened.digest_of(token)))
    kept = Answer.objects.count()
    submit_response(token, today=TODAY)
    monkeypatch.setattr(opened.READ_LINK, "rows", lambda *digests: stale)
    assert submit_response(token, today=TODAY) is False
    assert Response.objects.filter(state="submitted").count() == 1
    assert Answer.objects.count() == kept


def test_submitting_cuts_the_response_loose_from_the_invitation(link):
    _wave, token = link
    stories.answer_all(token)
    response = Response.objects.get()
    assert response.invitation_id is None
    assert response.submitted_on == TODAY
    names = {field.name for field in Response._meta.get_fields()}
    assert (response.draft_digest, response.pseudonym, response.begun) == (None, "", None)
    assert names - {
        "begun",
        "answers",
        "id",
        "wave",
        "invitation",
        "draft_digest",
        "pseudonym",
    } == {
        "channel",
        "department",
        "function",
        "minutes",
        "organisation",
        "pages_done",
        "role",
        "shown_order",
        "state",
        "submitted_on",
    }


def test_nothing_can_be_added_after_submitting(link):
    _wave, token = link
    stories.answer_all(token)
    with pytest.raises(AlreadyAnswered):
        keep(token, first_item(token), Given(value=1))
    assert not Answer.objects.filter(value=1).exists()


def test_a_skipped_page_must_be_done_before_submitting(link):
    _wave, token = link
    with pytest.raises(NotYet) as caught:
        submit_response(token, today=TODAY)
    assert caught.value.page == 1


def test_a_response_without_any_answer_is_no_response(link):
    _wave, token = link
    for page in (1, 2):
        save_page(token, page=page, given={}, done=True, today=TODAY)
    with pytest.raises(InvalidInput):
        submit_response(token, today=TODAY)
    assert not Response.objects.filter(state="submitted").exists()


def test_after_the_last_day_and_after_closing_the_link_is_gone(link):
    wave, token = link
    too_late = stories.LAST_DAY + dt.timedelta(days=1)
    with pytest.raises(Gone):
        keep(token, first_item(token), Given(value=1), too_late)
    close_wave(wave, by=None, on=TODAY)
    with pytest.raises(Gone):
        keep(token, first_item(token), Given(value=1))
    assert not Response.objects.exists()


def test_the_language_stays_with_the_link(link):
    _wave, token = link
    choose_language(token, language="en")
    assert find_link(token).language == "en"
    with pytest.raises(InvalidInput):
        choose_language(token, language="xx")


def test_the_link_is_stored_nowhere(link):
    _wave, token = link
    row = Invitation.objects.values().get()
    assert all(token not in str(value) for value in row.values())
