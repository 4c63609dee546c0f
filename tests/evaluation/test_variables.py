"""What can be laid beside what."""

import pytest

from surveys.models import Coding

pytestmark = pytest.mark.django_db
PROMISED = {
    "support_level": "ordinal",
    "support_decision": "ordinal",
    "motive": "nominal",
    "involved": "ordinal",
    "learning_capacity": "ordinal",
    "information_quality": "ordinal",
    "social_learning_level": "ordinal",
    "social_learning_category": "nominal",
    "agenda_learning_level": "ordinal",
    "political_learning": "ordinal",
    "informed_category": "nominal",
    "own_results": "ordinal",
    "feeling_about_results": "ordinal",
    "social_learning_experiences": "count",
}


def test_every_variable_that_was_promised_is_there(workfirst, benchlearn):
    found = {
        row["name"]: row["kind"] for row in benchlearn("variables", "workfirst-2007")["variables"]
    }
    assert PROMISED.items() <= found.items()


def test_an_ordinal_variable_says_its_order_and_counts_what_is_there(workfirst, benchlearn):
    rows = {row["name"]: row for row in benchlearn("variables", "workfirst-2007")["variables"]}
    assert rows["own_results"]["order"] == ["poor", "average", "good"]
    assert rows["own_results"]["number_of_values"] == 11
    assert rows["own_results"]["missing"] == ["3", "13", "14", "15", "16"]
    assert rows["informed_category"]["several"]
    assert rows["informed_category"]["qualifiers"] == ["audience", "results"]
    assert rows["motive"]["order"] is None


def test_the_g4_study_has_twenty_rated_variables(vensters, benchlearn):
    rows = benchlearn("variables", "vensters-g4-2015")["variables"]
    assert len(rows) == 20
    assert {tuple(row["order"]) for row in rows} == {("--", "+-", "++")}
    assert {row["number_of_values"] for row in rows} == {4}


def test_with_whom_nobody_spoke_learning_is_unknown_not_none(workfirst, benchlearn):
    """Municipality 4 mentioned no audience, which is none; had nobody spoken with it, unknown."""

    def levels():
        rows = benchlearn("variables", "workfirst-2007")["variables"]
        return next(row for row in rows if row["name"] == "agenda_learning_level")

    silent = Coding.objects.filter(organisation__name="Gemeente 4")
    silent.filter(variable__code="informed_category").delete()
    assert "4" not in levels()["missing"]
    silent.delete()
    assert "4" in levels()["missing"]
