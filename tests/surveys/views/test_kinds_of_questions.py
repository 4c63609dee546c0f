"""Every kind of question, as a telephone without JavaScript answers it, and as the script does."""

import datetime as dt
from decimal import Decimal

import pytest

from surveys.content import ShippedBlock
from surveys.domain.instruments import publish_version, write_version
from surveys.domain.opened import find_link
from surveys.enums import Comparison, ItemKind
from surveys.models import Answer, Instrument, Response
from surveys.specs import ConditionSpec, ItemSpec, LimitsSpec, OptionSpec
from tests.surveys import stories

pytestmark = pytest.mark.django_db

THREE = tuple(OptionSpec(number, f"Keuze {number}", f"Choice {number}") for number in (1, 2, 3))
HALVES = (
    OptionSpec(0, "nooit", "never"),
    *(OptionSpec(n) for n in range(1, 10)),
    OptionSpec(10, "altijd", "always"),
)
ONLY_TWO = ((ConditionSpec("single", Comparison.IS, ("2",)),),)
FIRST = {
    "nps": "10",
    "single": "2",
    "multiple": ["1", "3"],
    "number": "2,5",
    "date": "1-3-2026",
    "ranking.1": "2",
    "ranking.3": "1",
    "short": "  twee   woorden ",
    "remark": "Meer.",
}


def item(code, kind=ItemKind.STATEMENT, **more):
    return ItemSpec(code, "", f"{code}?", f"{code}?", kind=kind, **more)


def block(*items, **more):
    return ShippedBlock("Blok", "Block", "", "", items, **more)


def version_of(*blocks):
    number = Instrument.objects.count()
    instrument = Instrument.objects.create(code=f"kinds-{number}", title_nl="S", title_en="K")
    version = write_version(instrument, number=1, blocks=blocks)
    return publish_version(version, on=stories.TODAY)


def link_to(*blocks):
    return stories.tokens_of(stories.opened_wave(version=version_of(*blocks)))[0]


@pytest.fixture
def token():
    return link_to(*each_kind())


def each_kind():
    """Blocks with every kind of question, one of them under a condition."""
    return (
        block(
            item("why", ItemKind.EXPLANATION),
            item("nps", options=HALVES, allow_na=True),
            item("single", ItemKind.SINGLE, options=THREE, mandatory=True),
            item(
                "multiple",
                ItemKind.MULTIPLE,
                options=THREE,
                limits=LimitsSpec("2", "2"),
                allow_na=True,
            ),
            item("number", ItemKind.NUMBER, limits=LimitsSpec("0", "40", 1), allow_na=True),
            item("date", ItemKind.DATE, limits=LimitsSpec("2026-01-01", "")),
            item("ranking", ItemKind.RANKING, options=THREE),
            item("short", ItemKind.SHORT_TEXT),
            item("remark", ItemKind.OPEN_TEXT),
        ),
        block(item("later", conditions=ONLY_TWO, mandatory=True)),
        block(item("last")),
    )


def post(client, token, step, data):
    return client.post(f"/s/{token}/{step}/", data)


def answer(code):
    return Answer.objects.get(item__code=code)


def test_each_kind_is_kept_in_its_own_column_and_comes_back_as_it_was_given(client, token):
    assert post(client, token, 1, FIRST).headers["Location"] == f"/s/{token}/2/"
    assert (answer("nps").value, answer("single").value) == (10, 2)
    assert (answer("multiple").chosen, answer("ranking").chosen) == (",1,3,", ",3,1,")
    assert answer("number").number == Decimal("2.5")
    assert answer("date").day == dt.date(2026, 3, 1)
    assert answer("short").text == "twee woorden"
    page = client.get(f"/s/{token}/1/").content.decode()
    assert page.count(" checked") == 4
    assert page.count(" selected") == 2
    for shown in (
        'value="2,5"',
        'value="2026-03-01"',
        'value="twee woorden"',
        "<span data-count>7<",
    ):
        assert shown in page
    assert page.count("<fieldset") == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"nps": "11"},
        {"single": "4"},
        {"multiple": ["1", "2", "3"]},
        {"multiple": ["1", "na"]},
        {"number": "veel"},
        {"number": "41"},
        {"number": "2.55"},
        {"number": "3", "number.na": "1"},
        {"date": "31-2-2026"},
        {"date": "2025-12-31"},
        {"date": "2026-03-01", "date.na": "1"},
        {"ranking.1": "1", "ranking.2": "1"},
        {"ranking.1": "4"},
        {"ranking.9": "1"},
        {"short": "x" * 201},
        {"why": "1"},
        {"later": "3"},
    ],
)
def test_what_cannot_be_an_answer_refuses_the_page_and_keeps_nothing_of_it(client, token, wrong):
    assert post(client, token, 1, FIRST | wrong).status_code == 400
    assert not Answer.objects.exists()


@pytest.mark.parametrize("code", ["nps", "multiple", "number"])
def test_not_applicable_is_an_answer_to_any_kind(client, token, code):
    given = {name: value for name, value in FIRST.items() if name != code}
    given |= {"number.na": "1"} if code == "number" else {code: "na"}
    assert post(client, token, 1, given).status_code == 302
    assert answer(code).not_applicable


@pytest.mark.parametrize("change", [{"single": ""}, {"multiple": ["1"]}])
def test_what_is_needed_cannot_be_left_and_what_was_given_is_kept(client, token, change):
    given = {name: value for name, value in (FIRST | change).items() if value}
    page = post(client, token, 1, given | {"go": "leave"})
    assert page.status_code == 400
    assert b'value="leave"' not in page.content
    assert answer("nps").value == 10
    assert post(client, token, 1, given | {"go": "back"}).status_code == 302


def test_a_page_that_is_not_asked_is_skipped_and_its_answers_are_dropped(client, token):
    post(client, token, 1, FIRST)
    post(client, token, 2, {"later": "4"})
    post(client, token, 3, {"last": "4"})
    changed = post(client, token, 1, FIRST | {"single": "1"})
    assert changed.headers["Location"] == f"/s/{token}/3/"
    assert client.get(f"/s/{token}/2/").headers["Location"] == f"/s/{token}/3/"
    assert answer("later").value == 4
    assert post(client, token, "summary", {}).headers["Location"] == f"/s/{token}/thanks/"
    assert not Answer.objects.filter(item__code="later").exists()


def test_a_mandatory_question_that_is_asked_after_all_comes_before_submitting(client, token):
    post(client, token, 1, FIRST | {"single": "1"})
    post(client, token, 3, {"last": "4"})
    client.post(f"/s/{token}/answer/", {"item": "single", "single": "2"})
    assert post(client, token, "summary", {}).status_code == 409
    post(client, token, 2, {"later": "4"})
    assert post(client, token, "summary", {}).status_code == 302


def test_the_script_saves_each_kind_with_the_fields_of_the_page(client, token):
    fields = {
        "multiple": {"multiple": ["2", "1"]},
        "ranking": {"ranking.2": "1"},
        "number": {"number.na": "1"},
    }
    for code, posted in fields.items():
        assert client.post(f"/s/{token}/answer/", {"item": code} | posted).status_code == 204
    assert (answer("multiple").chosen, answer("ranking").chosen) == (",1,2,", ",2,")
    assert answer("number").not_applicable
    assert client.post(f"/s/{token}/answer/", {"item": "multiple"}).status_code == 204
    assert not Answer.objects.filter(item__code="multiple").exists()


def test_a_shuffled_page_is_shown_in_the_order_it_was_first_answered_in(client):
    items = [item(f"q{number}") for number in range(9)]
    token = link_to(block(*items, item("more", ItemKind.OPEN_TEXT), random_order=True))
    asked = find_link(token).asked.items
    order = "8.7.6.5.4.3.2.1.0.9"
    saved = {"item": "q3", "q3": "4", "order": order}
    assert client.post(f"/s/{token}/answer/", saved).status_code == 204
    kept = Response.objects.get().shown_order["1"]
    assert kept == [asked[int(place)].id for place in order.split(".")]
    page = client.get(f"/s/{token}/1/").content.decode()
    assert page.index('id="q8"') < page.index('id="q0"') < page.index('id="more"')
    again = client.post(f"/s/{token}/1/", {"q3": "4"})
    assert again.status_code == 400


@pytest.mark.parametrize("order", ["", "0", "9.0.1.2.3.4.5.6.7.8", "a.b", "1" * 5000, "0.0.1"])
def test_an_order_that_cannot_be_is_not_kept(client, order):
    items = [item(f"q{number}") for number in range(9)]
    token = link_to(block(*items, item("more", ItemKind.OPEN_TEXT), random_order=True))
    client.post(f"/s/{token}/answer/", {"item": "q3", "q3": "4", "order": order})
    kept = Response.objects.get().shown_order["1"]
    assert sorted(kept) == sorted(item.id for item in find_link(token).asked.items)
    assert kept[-1] == find_link(token).asked.items[-1].id
