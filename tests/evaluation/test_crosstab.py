"""One variable beside another: cells by the study's numbers, and how far the two go together."""

import pytest
from django.core.management import CommandError, call_command
from scipy import stats

from tests import factories as make
from tests.evaluation.conftest import grouped, rows_of

pytestmark = pytest.mark.django_db


def placed(answer):
    return {(c["row"], c["column"]): set(c["organisations"]) for c in answer["cells"]}


def test_the_document_has_exactly_the_keys_that_were_promised(workfirst, benchlearn):
    answer = benchlearn("crosstab", "workfirst-2007", "support_level", "social_learning_level")
    assert list(answer) == [
        "programme",
        "rows",
        "columns",
        "where",
        "cells",
        "missing",
        "n",
        "association",
    ]
    assert set(answer["association"]) == {"measure", "value", "interval", "p", "method"}
    assert (answer["n"], answer["missing"], answer["where"]) == (16, [], {})


def test_cells_are_the_published_ones_but_for_municipality_1(workfirst, benchlearn):
    for table, columns in (("7.7", "support_level"), ("7.9", "involved")):
        published = grouped(
            [r for r in rows_of("published.csv") if r["table"] == table], "row", "column"
        )
        cells = placed(benchlearn("crosstab", "workfirst-2007", "social_learning_level", columns))
        moved = {
            place: cells.get(place, set()) ^ published.get(place, set())
            for place in cells | published
        }
        assert set().union(*moved.values()) == {"1"}


def test_values_go_in_their_order_and_municipalities_as_numbers(workfirst, benchlearn):
    answer = benchlearn("crosstab", "workfirst-2007", "social_learning_level", "support_level")
    assert [(c["row"], c["column"]) for c in answer["cells"]] == [
        ("none", "moderate"),
        ("none", "sufficient"),
        ("sufficient", "sufficient"),
        ("sufficient", "much"),
        ("ample", "sufficient"),
        ("ample", "much"),
        ("much", "sufficient"),
        ("much", "much"),
    ]
    assert answer["cells"][3]["organisations"] == ["6", "7", "14"]


def test_who_misses_a_value_in_either_variable_is_named(workfirst, benchlearn):
    answer = benchlearn("crosstab", "workfirst-2007", "learning_capacity", "support_level")
    assert (answer["missing"], answer["n"]) == (["10"], 15)
    answer = benchlearn("crosstab", "workfirst-2007", "own_results", "information_quality")
    assert answer["missing"] == ["2", "3", "13", "14", "15", "16"]
    assert answer["n"] + len(answer["missing"]) == 16


@pytest.mark.parametrize("results", ["own_results", "general_results"])
def test_several_values_a_municipality_narrowed_by_what_they_were_said_of(
    workfirst, benchlearn, results
):
    answer = benchlearn(
        "crosstab",
        "workfirst-2007",
        "agenda_learning_level",
        "informed_category",
        "--where",
        f"results={results}",
    )
    told = [r for r in rows_of("informed.csv") if r["results"] == results]
    by_category = grouped(told, "category")
    for (category,), municipalities in by_category.items():
        found = [set(c["organisations"]) for c in answer["cells"] if c["column"] == category]
        assert set().union(*found) == municipalities
    who = {r["municipality"] for r in told}
    assert answer["n"] == len(who)
    assert set(answer["missing"]) == {str(n) for n in range(1, 17)} - who
    assert answer["association"] is None
    assert answer["association_reason"] == "several"


def test_narrowing_by_a_variable_leaves_the_others_out_altogether(workfirst, benchlearn):
    answer = benchlearn(
        "crosstab",
        "workfirst-2007",
        "social_learning_level",
        "learning_capacity",
        "--where",
        "motive=learning",
    )
    learning = {
        r["municipality"] for r in rows_of("participation.csv") if r["motive"] == "learning"
    }
    assert set().union(*placed(answer).values()) | set(answer["missing"]) == learning
    assert answer["missing"] == ["10"]


def test_tau_b_is_that_of_scipy_on_the_csv_files_and_the_interval_holds_it(workfirst, benchlearn):
    answer = benchlearn("crosstab", "workfirst-2007", "social_learning_level", "support_level")
    rows, columns = [], []
    for cell in answer["cells"]:
        for _each in cell["organisations"]:
            rows.append(("none", "sufficient", "ample", "much").index(cell["row"]))
            columns.append(("moderate", "sufficient", "much").index(cell["column"]))
    found = answer["association"]
    assert found["measure"] == "kendall_tau_b"
    assert found["value"] == pytest.approx(stats.kendalltau(rows, columns).statistic, abs=1e-6)
    assert found["interval"][0] < found["value"] < found["interval"][1]
    assert found["p"] == pytest.approx(0.012, abs=0.004)
    assert "10000 resamples" in found["method"]


def test_the_same_question_gets_the_same_answer(workfirst, benchlearn):
    ask = ("crosstab", "workfirst-2007", "involved", "agenda_learning_level")
    assert benchlearn(*ask) == benchlearn(*ask)


def test_names_get_cramers_v_with_fisher_freeman_halton(workfirst, benchlearn):
    found = benchlearn("crosstab", "workfirst-2007", "social_learning_category", "involved")[
        "association"
    ]
    assert found["measure"] == "cramers_v"
    assert "Fisher-Freeman-Halton" in found["method"]
    assert 0 <= found["interval"][0] <= found["value"] <= found["interval"][1] <= 1


def test_with_four_cities_the_data_are_shown_and_no_p(vensters, benchlearn):
    answer = benchlearn("crosstab", "vensters-g4-2015", "motivation", "saving")
    assert placed(answer) == {
        ("+-", "--"): {"Den Haag"},
        ("++", "--"): {"Amsterdam", "Utrecht"},
        ("++", "+-"): {"Rotterdam"},
    }
    assert (answer["association"], answer["association_reason"]) == (None, "few")


def test_a_variable_that_is_the_same_everywhere_has_no_association(workfirst, benchlearn):
    answer = benchlearn(
        "crosstab",
        "workfirst-2007",
        "motive",
        "social_learning_level",
        "--where",
        "motive=learning",
    )
    assert answer["association_reason"] == "constant"


def test_any_programme_has_variables(benchlearn):
    participation = make.ParticipationFactory(
        decided_by="contact", others_consulted="yes", motive="learning"
    )
    code = participation.cycle.programme.code
    names = {row["name"] for row in benchlearn("variables", code)["variables"]}
    assert {"support_level", "motive"} <= names
    answer = benchlearn("crosstab", code, "support_level", "motive")
    assert answer["cells"] == [
        {"row": "much", "column": "learning", "organisations": [participation.reference]}
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope", "motive", "motive"], "workfirst-2007"),
        (["workfirst-2007", "nope", "motive"], "social_learning_level"),
        (["workfirst-2007", "motive", "nope"], "social_learning_level"),
        (["workfirst-2007", "motive", "involved", "--where", "nope=1"], "support_level"),
        (["workfirst-2007", "motive", "involved", "--where", "results=own_results"], "results"),
        (["workfirst-2007", "motive", "involved", "--where", "involved=maybe"], "no, yes"),
        (
            ["workfirst-2007", "motive", "informed_category", "--where", "results=x"],
            "general_results, own_results",
        ),
        (["workfirst-2007", "motive", "involved", "--cycle", "1900"], "2007"),
    ],
)
def test_what_isnt_known_is_refused_with_what_is(workfirst, arguments, said):
    with pytest.raises(CommandError, match=said):
        call_command("crosstab", *arguments)


@pytest.mark.parametrize("where", ["results", "=x", "results=", "results=a --where results=b"])
def test_a_narrowing_that_cant_be_read_is_wrong_usage(workfirst, where):
    first, *more = where.split(" --where ")
    arguments = ["--where", first, *(each for extra in more for each in ("--where", extra))]
    with pytest.raises(CommandError, match="NAME=VALUE"):
        call_command("crosstab", "workfirst-2007", "motive", "informed_category", *arguments)


def test_a_programme_without_participants_says_so():
    with pytest.raises(CommandError):
        call_command("variables", make.ProgrammeFactory().code)
