"""Answers on paper: entered once, marked, and after closing nobody's."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from core.exceptions import InvalidInput, NotNow
from surveys.domain.invitations import invite
from surveys.domain.paper import enter_paper
from surveys.domain.waves import close_wave, open_wave
from surveys.enums import Channel
from surveys.given import Given
from surveys.models import Answer, Response
from surveys.models.responses import new_row_id
from surveys.paper import pages_on_paper, read_typed
from surveys.structure import questionnaire
from tests import factories as make
from tests.surveys import stories
from tests.surveys.stories import TODAY
from tests.surveys.views.test_kinds_of_questions import each_kind, version_of

pytestmark = pytest.mark.django_db

TYPED = {
    "nps": ("10", Given(value=10)),
    "single": (" 2 ", Given(value=2)),
    "multiple": ("1, 3", Given(chosen=(1, 3))),
    "number": ("2,5", Given(number=Decimal("2.5"))),
    "date": ("1-3-2026", Given(day=dt.date(2026, 3, 1))),
    "ranking": ("c A", Given(chosen=(3, 1))),
    "short": ("twee woorden", Given(text="twee woorden")),
    "remark": ("", None),
}
WRONG = {"nps": "11", "single": "n", "multiple": "1 1", "ranking": "c c", "number": "veel"}


def entered(wave, organisation, value=4, *, sheet=None):
    """A sheet on which every statement got the same answer."""
    asked = questionnaire(wave.version_id)
    given = {item: Given(value=value) for item in asked.items if item.is_statement}
    sheet = sheet or new_row_id()
    return enter_paper(wave, sheet=sheet, organisation=organisation, given=given, by=None, on=TODAY)


def a_wave(*sizes, **fields):
    """An open wave, and the organisations of these sizes in it."""
    wave = stories.prepared_wave(**fields)
    organisations = [stories.organisation_in(wave) for _size in sizes]
    for organisation, size in zip(organisations, sizes, strict=True):
        invite(wave, guests=stories.guests(organisation, size), by=None)
    return open_wave(wave, by=None, on=TODAY), organisations


@pytest.mark.parametrize("mode", ["anonymous", "pseudonymous", "by_name"])
def test_a_sheet_is_kept_once_marked_and_without_a_name_in_any_mode(mode):
    wave, (organisation,) = a_wave(6, mode=mode)
    sheet = new_row_id()
    assert entered(wave, organisation, sheet=sheet)
    assert not entered(wave, organisation, sheet=sheet)
    (response,) = Response.objects.filter(wave=wave)
    assert (response.channel, response.state) == ("paper", "submitted")
    assert (response.invitation_id, response.pseudonym, response.draft_digest) == (None, "", None)
    assert Answer.objects.filter(response=response, value=4).count() == 13


def test_a_sheet_needs_an_answer_an_organisation_that_takes_part_and_an_open_wave():
    wave, (organisation,) = a_wave(6)
    keep = {"by": None, "on": TODAY, "sheet": new_row_id()}
    some = {questionnaire(wave.version_id).items[0]: Given(value=1)}
    with pytest.raises(InvalidInput):
        enter_paper(wave, organisation=organisation, given={}, **keep)
    with pytest.raises(InvalidInput):
        enter_paper(wave, organisation=make.OrganisationFactory(), given=some, **keep)
    close_wave(wave, by=None, on=TODAY)
    with pytest.raises(NotNow):
        enter_paper(wave, organisation=organisation, given=some, **keep)
    assert not Response.objects.exists()


def test_after_closing_the_mark_and_the_organisation_stay_only_with_enough_people():
    wave, (many, mixed, few) = a_wave(8, 8, 3)
    for token in stories.tokens_of(wave):
        stories.answer_all(token)
    for organisation, sheets in ((many, 6), (mixed, 2), (few, 3)):
        for _sheet in range(sheets):
            entered(wave, organisation, 2)
    close_wave(wave, by=None, on=TODAY + dt.timedelta(3))
    left = Response.objects.filter(wave=wave)
    told = {
        (organisation, channel): left.filter(organisation=organisation, channel=channel).count()
        for organisation in (many, mixed, few, None)
        for channel in Channel.values
    }
    # Of three invited and three sheets there may be three people: nothing of `few` stays, and to
    # make them enough others go along.
    assert told[few, "paper"] == told[few, "link"] == told[few, "untold"] == 0
    assert told[mixed, "paper"] == told[mixed, "link"] == 0
    assert all(n == 0 or n >= 5 for n in told.values())
    assert sum(told.values()) == 8 + 8 + 3 + 11
    assert set(left.values_list("submitted_on", flat=True)) == {TODAY + dt.timedelta(3)}


def test_what_is_typed_is_read_by_the_rules_of_the_page():
    asked = questionnaire(version_of(*each_kind()).pk)
    items = {item.code: item for item in asked.items}
    for code, (text, given) in TYPED.items():
        assert read_typed(items[code], text) == given
    assert read_typed(items["multiple"], "nvt") == Given(not_applicable=True)
    for code, wrong in WRONG.items():
        with pytest.raises(InvalidInput):
            read_typed(items[code], wrong)


def test_a_sheet_says_in_words_when_a_question_is_to_be_answered():
    with translation.override("en"):
        pages = pages_on_paper(questionnaire(version_of(*each_kind()).pk))
    (later,) = pages[1].items
    assert later.number == 9
    assert later.only_if == "Only if your answer to question 2 is “Choice 2”."


def test_a_facilitator_prints_a_sheet_and_types_it_in(client):
    wave, (organisation,) = a_wave(6)
    facilitator = make.AppointmentFactory(programme=wave.cycle.programme, role="facilitator").user
    client.force_login(facilitator)
    args = [wave.cycle.programme.code, wave.pk]
    sheet = client.get(reverse("wave_paper", args=args), {"language": "en"}).content.decode()
    assert "Write no name on this paper" in sheet
    assert organisation.name in sheet
    url = reverse("wave_paper_enter", args=args)
    form = client.get(url).context["form"]
    codes = [item.code for item in questionnaire(wave.version_id).items]
    post = {"organisation": organisation.code, "sheet": form["sheet"].value()}
    wrong = client.post(url, post | {f"answer-{codes[0]}": "7"})
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.content.decode()
    answers = {f"answer-{codes[0]}": "n", f"answer-{codes[2]}": "5"}
    assert client.post(url, post | answers).status_code == 302
    assert client.post(url, post | answers).status_code == 302
    kept = Answer.objects.values_list("value", "not_applicable")
    assert (len(kept), set(kept)) == (2, {(5, False), (None, True)})
    assert client.post(url, post | answers | {"sheet": "17"}).status_code == 422
