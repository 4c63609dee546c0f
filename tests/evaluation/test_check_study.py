"""Where the study and Benchlearn differ is said municipality by municipality."""

import pytest
from django.core.management import CommandError, call_command

from evaluation.models import PublishedValue
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_study_slipped_on_municipality_1_and_places_six_nowhere(workfirst, benchlearn):
    answer = benchlearn("check-study", "workfirst-2007")
    found = {
        (d["table"], d["organisation"], d["published"], d["computed"], d["kind"])
        for d in answer["differences"]
    }
    assert found == {
        *((table, "1", "much", "ample", "other_value") for table in ("7.4", "7.7", "7.9")),
        *(("7.16", m, None, "none", "not_published") for m in ("2", "3", "5", "13", "15", "16")),
    }
    assert {t["table"]: t["same"] for t in answer["tables"]} == {
        "7.4": 15,
        "7.7": 31,
        "7.9": 31,
        "7.16": 10,
    }


def test_a_difference_shows_the_records_that_the_computed_value_rests_on(workfirst, benchlearn):
    first = benchlearn("check-study", "workfirst-2007")["differences"][0]
    assert {record["value"] for record in first["records"]} == {
        "inspiration",
        "knowing_where_we_stand",
        "contacts",
        "policy_change",
        "working_visit",
    }
    assert all("learning_experiences.csv, row" in record["source"] for record in first["records"])
    assert first["published_source"].startswith("published.csv, row")


def test_a_published_value_never_changes_what_is_computed(workfirst, benchlearn):
    before = benchlearn("crosstab", "workfirst-2007", "social_learning_level", "involved")
    PublishedValue.objects.update(row="none")
    assert benchlearn("crosstab", "workfirst-2007", "social_learning_level", "involved") == before


def test_differences_are_no_error(workfirst, capsys):
    call_command("check-study", "workfirst-2007")
    assert "municipality 1" in capsys.readouterr().out


def test_a_study_that_derived_nothing_has_nothing_to_compare(vensters, benchlearn):
    assert benchlearn("check-study", "vensters-g4-2015")["differences"] == []


def test_a_benchmark_that_is_no_study_is_refused():
    with pytest.raises(CommandError):
        call_command("check-study", make.ProgrammeFactory().code)
