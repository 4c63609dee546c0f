"""Results leave the room only when nobody can be recognised in them."""

import pytest

from surveys import evidence
from surveys.charts import make_bar, what_it_shows
from surveys.domain.responses import find_link, save_page, submit_response
from surveys.domain.waves import close_wave
from surveys.given import Given
from surveys.results import item_results, response_table, responses_shown
from tests import factories as make
from tests.surveys import stories
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db


def closed_wave(sizes, answered=None, value=4):
    """A closed wave; `answered` is how many of each organisation responded."""
    wave = stories.opened_wave(sizes=sizes)
    organisations = list(
        dict.fromkeys(wave.invitations.order_by("pk").values_list("organisation", flat=True))
    )
    for organisation, count in zip(organisations, answered or sizes, strict=True):
        for token in stories.tokens_of(wave, organisation)[:count]:
            stories.answer_all(token, value)
    close_wave(wave, by=None, on=TODAY)
    return stories.fresh(wave), organisations


def shown(wave, code="saving"):
    return {
        result.organisation_id: result.n
        for result in item_results(wave)
        if result.item.code == code
    }


def test_an_open_wave_has_no_results():
    wave = stories.opened_wave(sizes=(6,))
    for token in stories.tokens_of(wave):
        stories.answer_all(token)
    assert item_results(stories.fresh(wave)) == []


def test_four_respondents_are_too_few_and_five_are_enough():
    assert shown(closed_wave((4,))[0])[None] is None
    assert shown(closed_wave((5,))[0])[None] == 5


def test_the_total_does_not_give_a_small_organisation_away():
    wave, (large, middle, small) = closed_wave((9, 7, 2))
    assert shown(wave) == {None: 18, large: 9, middle: None, small: None}
    assert responses_shown(wave).by_organisation == {large: 9, middle: None, small: None}


def test_one_who_left_a_statement_open_does_not_give_it_away_either():
    wave = stories.opened_wave(sizes=(6, 5))
    tokens = stories.tokens_of(wave)
    for token in tokens[:-1]:
        stories.answer_all(token)
    blocks = find_link(tokens[-1]).asked.blocks
    for block in blocks:
        given = {i: Given(value=1) for i in block.items if i.is_statement and i.code != "saving"}
        save_page(tokens[-1], page=block.page, given=given, done=True, today=TODAY)
    submit_response(tokens[-1], today=TODAY)
    close_wave(wave, by=None, on=TODAY)
    results = shown(stories.fresh(wave))
    assert results[None] == 10
    assert [n for key, n in results.items() if key is not None] == [None, None]
    assert all(shown(stories.fresh(wave), "steering").values())


def test_not_applicable_is_counted_apart():
    wave = stories.opened_wave(sizes=(6,))
    for token in stories.tokens_of(wave):
        for block in find_link(token).asked.blocks:
            given = {
                item: Given(not_applicable=True)
                if item.code == "inviting-circle"
                else Given(value=4)
                for item in block.items
                if item.is_statement
            }
            save_page(token, page=block.page, given=given, done=True, today=TODAY)
        submit_response(token, today=TODAY)
    close_wave(wave, by=None, on=TODAY)
    assert shown(stories.fresh(wave), "inviting-circle")[None] is None
    assert shown(stories.fresh(wave), "inviting-session")[None] == 6


def test_drafts_count_nowhere():
    wave = stories.opened_wave(sizes=(8,))
    for number, token in enumerate(stories.tokens_of(wave)):
        stories.answer_all(token, submit=number < 6)
    assert responses_shown(stories.fresh(wave)).total == 6
    close_wave(wave, by=None, on=TODAY)
    assert shown(stories.fresh(wave))[None] == 6


def test_the_response_table_compares_with_who_was_invited():
    wave, _organisations = closed_wave((8, 8), answered=(6, 5))
    table = response_table(wave)
    assert sorted(row.percent for row in table.rows) == [62, 75]
    assert (table.total.invited, table.total.submitted) == (16, 11)


def test_a_bar_diverges_from_the_middle_of_neutral():
    bar = make_bar("x", (1, 1, 2, 3, 3))
    assert [segment.kind for segment in bar.segments][2] == "neutral"
    neutral = bar.segments[2]
    assert neutral.x + neutral.width / 2 == 100
    assert (bar.disagree, bar.neutral, bar.agree) == (20, 20, 60)
    assert sum(segment.width for segment in bar.segments) == pytest.approx(100)


def test_a_chart_says_what_it_shows_only_when_something_differs():
    wave, _organisations = closed_wave((5,))
    bars = [make_bar(r.item.text, r.counts) for r in item_results(wave) if r.counts]
    assert what_it_shows(bars) == ""


def test_evidence_gives_waves_response_and_results_without_small_numbers():
    wave, (large, middle, small) = closed_wave((9, 7, 2))
    programme = wave.cycle.programme_id
    (row,) = evidence.waves(programme)
    assert (row.id, row.state, row.invited, row.submitted) == (wave.pk, "closed", 18, 18)
    counts = {
        r.organisation_id: (r.invited, r.submitted) for r in evidence.response_counts(programme)
    }
    assert counts == {large: (9, 9), middle: (7, None), small: (2, None)}
    rows = evidence.results_by_item(programme)
    whole = next(r for r in rows if r.item == "saving" and r.organisation_id is None)
    assert (whole.n, whole.counts, whole.mean) == (18, (0, 0, 0, 18, 0), 4.0)
    assert {r.n for r in rows if r.organisation_id == small} == {None}
    assert {r.mean for r in rows if r.organisation_id == middle} == {None}


def test_evidence_gives_a_construct_of_those_groups_only_that_are_shown():
    """Of nine, seven and two the two would be given away, and so would the seven by the total."""
    wave, (large, _middle, _small) = closed_wave((9, 7, 2))
    items, rows = evidence.results(wave.cycle.programme_id)
    assert items == evidence.results_by_item(wave.cycle.programme_id)
    saving = [row for row in rows if row.construct == "saving"]
    assert [(row.breakdown, row.group) for row in saving] == [("organisation", str(large))]
    assert (saving[0].n, saving[0].mean, saving[0].wave) == (9, 4.0, wave.name)
    assert saving[0].label_nl != saving[0].label_en


def test_evidence_tells_of_roles_of_all_organisations_together_that_are_large_enough():
    wave = stories.opened_wave(sizes=(8, 7))
    wave.invitations.filter(pk__in=wave.invitations.order_by("pk").values("pk")[5:]).update(
        role="management"
    )
    for token in stories.tokens_of(wave):
        stories.answer_all(token, 2)
    close_wave(wave, by=None, on=TODAY)
    _items, rows = evidence.results(wave.cycle.programme_id)
    roles = {row.group: row for row in rows if row.breakdown == "role" and row.mean == 2.0}
    assert all(row.n >= 5 for row in roles.values())
    assert "management" in roles


def test_evidence_says_nothing_of_a_wave_in_preparation():
    wave = stories.prepared_wave()
    assert evidence.waves(wave.cycle.programme_id) == []


def path(wave):
    return f"/programmes/{wave.cycle.programme.code}/waves/{wave.pk}/results/"


@pytest.mark.parametrize(
    ("role", "status"), [("coordinator", 200), ("evaluator", 200), ("facilitator", 404)]
)
def test_the_results_page_is_for_who_runs_or_evaluates(client, role, status):
    wave, _organisations = closed_wave((5,))
    client.force_login(make.AppointmentFactory(programme=wave.cycle.programme, role=role).user)
    assert client.get(path(wave)).status_code == status


def test_a_member_and_an_outsider_do_not_find_the_results(client):
    wave, (_organisation,) = closed_wave((5,))
    for user in (
        stories.member_of(wave.invitations.first().organisation).user,
        make.AppointmentFactory().user,
    ):
        client.force_login(user)
        assert client.get(path(wave)).status_code == 404


def test_the_page_shows_bars_and_the_same_numbers_as_a_table(client):
    wave, _organisations = closed_wave((5,))
    client.force_login(make.AppointmentFactory(programme=wave.cycle.programme).user)
    page = client.get(path(wave)).content.decode()
    assert page.count('<svg class="bl-bars__bar"') == 13
    assert page.count('<details class="bl-details">') == 3
    assert "bl-table--heat" in page


def test_an_organisation_is_offered_only_where_it_may_be_shown(client):
    wave, (large, _middle, small) = closed_wave((9, 7, 2))
    client.force_login(make.AppointmentFactory(programme=wave.cycle.programme).user)
    ((_label, offered),) = client.get(path(wave)).context["choices"]
    assert [group for _key, group, _name in offered] == [("organisation", str(large))]
    assert client.get(path(wave), {"of": offered[0][0]}).status_code == 200
    hidden = make.Organisation.objects.get(pk=small)
    assert client.get(path(wave), {"of": f"organisation:{hidden.code}"}).status_code == 404


def test_too_few_answers_are_explained(client):
    wave, _organisations = closed_wave((4,))
    client.force_login(make.AppointmentFactory(programme=wave.cycle.programme).user)
    page = client.get(path(wave))
    assert page.status_code == 200
    assert '<svg class="bl-bars__bar"' not in page.content.decode()


@pytest.mark.parametrize("sizes", [(5,), (5, 6, 7)])
def test_the_results_take_as_many_queries_for_three_organisations_as_for_one(
    client, sizes, django_assert_max_num_queries
):
    wave, _organisations = closed_wave(sizes)
    client.force_login(make.AppointmentFactory(programme=wave.cycle.programme).user)
    client.get(path(wave))
    with django_assert_max_num_queries(18):
        client.get(path(wave))
