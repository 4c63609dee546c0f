"""Pages of rows in a fixed order, filters, csv, and errors that say what is wrong."""

import datetime as dt

import pytest
from django.utils import timezone

from benchmarks.models import Figure
from tests import factories as make
from tests.api.asking import ask, csv_rows, rows, token_for
from tests.benchmarks_room.figures import all_agree, figure, indicator_of, participants
from tests.learningcircles import factories as meet

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle():
    return make.CycleFactory(programme__code="wait")


@pytest.fixture
def coordinator(cycle):
    return token_for(make.AppointmentFactory(programme=cycle.programme).user)


@pytest.fixture
def figures(cycle):
    """Seven figures of one organisation, over the years."""
    (town,) = participants(cycle, 1, code="town")
    indicator = indicator_of(cycle.programme)
    return [figure(indicator, town, str(2018 + year), 30 - year) for year in range(7)]


class TestPages:
    def test_the_pages_together_are_everything_once_in_order(self, coordinator, figures):
        told, query = [], {"limit": "3"}
        while True:
            answer = ask(coordinator, "figures/", **query)
            told += [row["period"] for row in answer.json()["items"]]
            further = answer.json()["next"]
            assert answer.get("Link") == (f'<{further}>; rel="next"' if further else None)
            if further is None:
                break
            query["after"] = further.rpartition("after=")[2]
        assert told == [each.period for each in figures]

    def test_the_next_page_is_at_the_installation_whatever_the_host_says(
        self, coordinator, figures, settings
    ):
        settings.BASE_URL = "https://benchlearn.example.org"
        further = ask(coordinator, "figures/", limit=1, programme="wait").json()["next"]
        assert further.startswith("https://benchlearn.example.org/api/v1/figures/?")
        assert "programme=wait" in further and coordinator not in further

    def test_what_is_computed_comes_in_pages_too(self, coordinator, figures):
        asked = {"programme": "wait", "organisation": "town", "indicator": "waiting", "limit": 4}
        first = ask(coordinator, "trends/", **asked).json()
        rest = rows(coordinator, "trends/", **asked, after=4)
        assert first["next"].endswith("after=4")
        assert [row["period"] for row in first["items"] + rest] == [f.period for f in figures]

    def test_a_hundred_rows_take_as_many_queries_as_one(
        self, coordinator, figures, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(5):
            assert len(rows(coordinator, "figures/")) == 7
        meet.ActionFactory.create_batch(3, programme=figures[0].indicator.programme)
        with django_assert_max_num_queries(4):
            assert len(rows(coordinator, "actions/")) == 3


class TestFilters:
    def test_each_narrows_down(self, coordinator, figures):
        assert len(rows(coordinator, "figures/", period="2020")) == 1
        assert rows(coordinator, "figures/", organisation="elsewhere") == []
        Figure.objects.filter(pk=figures[0].pk).update(status="disputed")
        assert len(rows(coordinator, "figures/", status="disputed")) == 1

    def test_changed_since_gives_what_is_new(self, coordinator, figures):
        now = timezone.now()
        Figure.objects.update(modified_at=now - dt.timedelta(days=9))
        figures[3].save()
        since = (now - dt.timedelta(days=1)).isoformat()
        assert [r["period"] for r in rows(coordinator, "figures/", changed_since=since)] == ["2021"]

    def test_a_moment_beyond_what_a_database_holds_is_simply_long_ago(self, coordinator, figures):
        assert len(rows(coordinator, "figures/", changed_since="0001-01-01T00:00:00+14:00")) == 7
        assert rows(coordinator, "figures/", changed_since="9999-12-31T23:59:59-12:00") == []

    @pytest.mark.parametrize(
        "wrong",
        [
            {"programe": "wait"},
            {"limit": "0"},
            {"limit": "5001"},
            {"after": "-1"},
            {"after": str(2**63)},
            {"period": "20\x0024"},
            {"programme": "wait'--"},
            {"changed_since": "yesterday"},
            {"changed_since": "2026-01-01T00:00:00"},
            {"status": "good"},
            {"format": "xml"},
        ],
        ids=str,
    )
    def test_one_that_can_not_be_right_is_told_by_name(self, coordinator, wrong):
        answer = ask(coordinator, "figures/", **wrong)
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"
        told = answer.json()
        assert [each["parameter"] for each in told["errors"]] == list(wrong)
        assert told["errors"][0]["message"]


class TestCsv:
    def test_the_same_rows_as_in_json(self, coordinator, figures):
        told, filed = rows(coordinator, "figures/"), csv_rows(coordinator, "figures/")
        assert [list(each) for each in filed] == [list(each) for each in told]
        assert [float(each["value"]) for each in filed] == [each["value"] for each in told]

    def test_no_text_becomes_a_formula_and_numbers_stay_numbers(self, coordinator, figures):
        Figure.objects.update(remark='=HYPERLINK("https://evil.example")', value=-4)
        row = csv_rows(coordinator, "figures/")[0]
        assert row["remark"].startswith("'=") and float(row["value"]) == -4


class TestProblems:
    def test_an_address_that_is_none(self, coordinator):
        answer = ask(coordinator, "figurines/")
        assert answer.status_code == 404 and answer.json()["detail"]
        assert answer["Content-Type"] == "application/problem+json"

    def test_what_may_not_be_seen_is_not_there(self, coordinator):
        query = {"programme": "wait", "organisation": "nobody"}
        known = ask(coordinator, "standings/", **query)
        unknown = ask(coordinator, "standings/", **query | {"programme": "none"})
        assert (known.status_code, known.content) == (404, unknown.content)

    def test_they_are_said_in_the_language_that_is_asked_for(self, client, coordinator):
        headers = {"Authorization": f"Bearer {coordinator}", "Accept-Language": "en"}
        english = client.get("/api/v1/waves/7/results/", headers=headers)
        dutch = client.get(
            "/api/v1/waves/7/results/", headers=headers | {"Accept-Language": "nl-NL"}
        )
        assert "no such thing" in english.json()["detail"] != dutch.json()["detail"]


class TestTheCharter:
    """Figures as the pages show them: one's own, and the others' once all have agreed."""

    @pytest.fixture
    def towns(self, cycle):
        towns = participants(cycle, 7)
        indicator = indicator_of(cycle.programme)
        for value, town in enumerate(towns):
            figure(indicator, town, "2025", value, remark="In confidence")
        return towns

    @pytest.fixture
    def member(self, towns):
        return token_for(make.MembershipFactory(organisation=towns[0], roles=["management"]).user)

    def test_before_all_agreed_a_member_reads_its_own_beside_the_group(self, cycle, towns, member):
        (own,) = rows(member, "figures/")
        assert (own["organisation"], own["remark"]) == (towns[0].code, "In confidence")
        query = {"programme": "wait", "organisation": towns[0].code}
        (row,) = rows(member, "standings/", **query)
        assert (row["n"], row["median"]) == (6, 3.5)
        assert (
            ask(member, "standings/", **query | {"organisation": towns[1].code}).status_code == 404
        )

    def test_a_group_from_which_others_follow_is_not_there(self, cycle, towns, member):
        cycle.programme.minimum_organisations = 7
        cycle.programme.save()
        (row,) = rows(member, "standings/", programme="wait", organisation=towns[0].code)
        assert (row["value"], row["n"], row["median"], row["verdict"]) == (0, None, None, None)

    def test_after_that_also_the_others_without_their_remarks_and_disputes(
        self, cycle, towns, member
    ):
        all_agree(cycle.programme, towns)
        Figure.objects.filter(organisation=towns[6]).update(status="disputed")
        told = rows(member, "figures/")
        assert [row["value"] for row in told] == [0, 1, 2, 3, 4, 5]
        assert {row["remark"] for row in told[1:]} == {""}
