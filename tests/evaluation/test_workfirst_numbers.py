"""The numbers of the 2007 study, against its csv files read here without any code of ours."""

from collections import defaultdict

import pytest

from evaluation.domain.ground import load_ground
from evaluation.domain.registry import variables_of
from evaluation.domain.variables import observe_all
from tests.evaluation.conftest import grouped, rows_of

BANDS = ("none", "none", "sufficient", "sufficient", "ample", "ample", "much")
ALL = {str(number) for number in range(1, 17)}


@pytest.fixture
def values(workfirst):
    """Values of a variable by municipality, without those that are missing."""
    ground = load_ground(workfirst)
    variables = variables_of(ground)

    def of(name):
        seen = observe_all(variables[name], ground)
        return {reference: each.values for reference, each in seen.items() if each.values}

    return of


def single(values):
    return {reference: value for reference, (value,) in values.items()}


def expected_support():
    found = {}
    for row in rows_of("participation.csv"):
        if row["others_consulted"] == "no":
            decision = "moderate"
        elif row["decided_by"] == "contact" or row["contact_consulted"] == "yes":
            decision = "ample"
        else:
            decision = "sufficient"
        learning = row["motive"] == "learning"
        level = "moderate" if decision == "moderate" else "much" if learning else "sufficient"
        found[row["municipality"]] = (decision, level)
    return found


def test_support_follows_from_the_decision_and_the_motive(values):
    expected = expected_support()
    assert single(values("support_decision")) == {m: pair[0] for m, pair in expected.items()}
    assert single(values("support_level")) == {m: pair[1] for m, pair in expected.items()}


def test_support_is_as_published_in_7_7(values):
    published = grouped([r for r in rows_of("published.csv") if r["table"] == "7.7"], "column")
    computed = single(values("support_level"))
    for (level,), municipalities in published.items():
        assert {m for m, value in computed.items() if value == level} == municipalities


def test_involvement_is_as_published_in_7_9(values):
    published = grouped([r for r in rows_of("published.csv") if r["table"] == "7.9"], "column")
    computed = single(values("involved"))
    for (involved,), municipalities in published.items():
        assert {m for m, value in computed.items() if value == involved} == municipalities


def test_social_learning_counts_different_experiences(values):
    experiences = defaultdict(set)
    for row in rows_of("learning_experiences.csv"):
        experiences[row["municipality"]].add(row["experience"])
    levels = {m: BANDS[min(len(experiences[m]), 6)] for m in ALL}
    assert single(values("social_learning_level")) == levels
    assert single(values("social_learning_experiences")) == {
        m: str(len(experiences[m])) for m in ALL
    }


def test_social_learning_is_as_published_in_7_4_but_for_municipality_1(values):
    published = {
        r["municipality"]: r["row"] for r in rows_of("published.csv") if r["table"] == "7.4"
    }
    computed = single(values("social_learning_level"))
    assert {m for m in ALL if published[m] != computed[m]} == {"1"}
    assert (published["1"], computed["1"]) == ("much", "ample")


def test_agenda_learning_is_as_published_in_7_16_wherever_the_study_says_a_level(values):
    published = {
        r["municipality"]: r["row"] for r in rows_of("published.csv") if r["table"] == "7.16"
    }
    computed = single(values("agenda_learning_level"))
    assert {m: computed[m] for m in published} == published
    assert {computed[m] for m in ALL - set(published)} == {"none"}


def test_political_learning_is_in_the_one_municipality_that_the_text_names(values):
    computed = single(values("political_learning"))
    assert {m for m, value in computed.items() if value == "yes"} == {"14"}
    assert set(computed) == ALL


@pytest.mark.parametrize(
    "name", ["learning_capacity", "own_results", "feeling_about_results", "information_quality"]
)
def test_a_rating_that_is_missing_or_unknown_is_missing(values, name):
    expected = {
        r["municipality"]: r[name]
        for r in rows_of("ratings.csv")
        if r[name] not in ("missing", "unknown")
    }
    assert single(values(name)) == expected


def test_every_value_rests_on_records_with_file_and_row(workfirst):
    ground = load_ground(workfirst)
    for variable in variables_of(ground).values():
        for observation in observe_all(variable, ground).values():
            if observation.values and not variable.source.startswith("derived"):
                assert all(".csv, row " in record.source for record in observation.records)
                assert observation.records
