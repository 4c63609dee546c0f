"""From files to agreement: a codebook and codings come in, kappa and alpha come out."""

import csv
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from benchmarks.models import Participation
from evaluation.domain.agreement_counts import measure_waiting
from people.models import Organisation
from surveys.coding_queries import newest_codebook
from surveys.domain.coding_work import add_text, code_variable, finish_coding
from surveys.models import Coding
from tests import factories as make
from tests.surveys.interviews.stories import Asked

pytestmark = pytest.mark.django_db
HEADER = ["organisation", "variable", "value", "coder"]
BOOK = [
    {"code": "mentioned", "meaning": "Genoemd", "level": "nominal", "values": ["no", "yes"]},
    {"code": "rating", "meaning": "Oordeel", "level": "ordinal", "values": ["--", "+-", "++"]},
    {
        "code": "effects",
        "meaning": "Effecten",
        "level": "nominal",
        "values": ["contacts", "mirror"],
        "several": True,
    },
]


def organisations(cycle, count):
    made = Organisation.objects.bulk_create(make.OrganisationFactory.build_batch(count))
    Participation.objects.bulk_create(
        Participation(cycle=cycle, organisation=each, reference=each.code) for each in made
    )
    return [each.code for each in made]


@pytest.fixture
def cycle(tmp_path):
    cycle = make.CycleFactory()
    file = tmp_path / "book.json"
    file.write_text(json.dumps({"variables": BOOK}))
    call_command("import-codebook", cycle.programme.code, str(file), stdout=io.StringIO())
    return cycle


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def bring_in(cycle, folder, rows, header=HEADER):
    file = folder / "codings.csv"
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([header, *rows])
    return run("import-codings", cycle.programme.code, str(file))


def two(codes, variable, pairs):
    return [
        [code, variable, value, coder]
        for code, pair in zip(codes, pairs, strict=True)
        for coder, value in zip(("ann", "bob"), pair, strict=True)
    ]


def test_a_thousand_characters_give_the_kappa_that_qualcoder_misses(cycle, tmp_path):
    pairs = [("yes", "yes")] * 50 + [("yes", "no")] * 50 + [("no", "yes")] * 50
    pairs += [("no", "no")] * 850
    codes = organisations(cycle, 1000)
    assert bring_in(cycle, tmp_path, two(codes, "mentioned", pairs))["codings"] == 2000
    (found,) = run("agreement", cycle.programme.code)
    assert list(found) == [
        "variable", "level", "units", "coders", "percent", "kappa", "weights", "alpha",
        "alpha_interval",
    ]  # fmt: skip
    assert round(found["kappa"], 3) == 0.444
    assert (found["units"], found["coders"], found["percent"]) == (1000, 2, 90.0)
    low, high = found["alpha_interval"]
    assert low < found["alpha"] < high


def test_ordinal_values_are_weighted_and_missing_ones_are_no_values(cycle, tmp_path):
    pairs = [("++", "++"), ("+-", "+-"), ("--", "+-"), ("--", "--"), ("++", "--")]
    pairs += [("missing", "++"), ("not_discussed", "not_discussed")]
    bring_in(cycle, tmp_path, two(organisations(cycle, 7), "rating", pairs))
    (found,) = run("agreement", cycle.programme.code, "--variable", "rating")
    # By hand, with distances 0, 1, 2: observed 0+0+1+0+2 = 3; expected over 5 pairs
    # (rows --:2 +-:1 ++:2; columns --:2 +-:2 ++:1): (2*2*1+2*1*2+1*2*1+1*1*1+2*2*2+2*2*1)/5 = 23/5.
    assert found["kappa"] == pytest.approx(1 - 3 / (23 / 5))
    assert (found["weights"], found["units"]) == ("linear", 5)
    assert found["alpha_interval"] is None  # five units: no interval


def test_a_round_of_interviews_is_told_apart_from_the_round_of_the_benchmark(cycle):
    scene = Asked(cycle=cycle, towns=2)
    for number, round in enumerate((scene.asked, None)):
        text = add_text(
            cycle,
            organisation=scene.towns[number].organisation,
            title="Gesprek",
            body="Het helpt.",
            coders=[scene.ida, scene.ivo],
            by=scene.cleo,
            round=round,
        )
        book = newest_codebook(cycle.programme_id)
        for task in text.tasks.all():
            variable = book.variables.get(code="mentioned")
            code_variable(task, variable, values=["yes"], passage="Het helpt.")
            finish_coding(task)
    code = cycle.programme.code
    units = [run("agreement", code, *said)[0]["units"] for said in ((), ("--round", "Najaar"))]
    assert units == [2, 1]
    (found,) = run("agreement", code, "--round", cycle.name, "--variable", "mentioned")
    assert found["units"] == 2


def test_three_coders_have_alpha_and_no_kappa(cycle, tmp_path):
    codes = organisations(cycle, 6)
    said = {"y": "yes", "n": "no"}
    rows = [
        [code, "mentioned", said[value], coder]
        for code, values in zip(codes, ("yyy", "nnn", "yyn", "yyy", "nny", "yyy"), strict=True)
        for coder, value in zip(("a", "b", "c"), values, strict=True)
    ]
    bring_in(cycle, tmp_path, rows)
    (found,) = run("agreement", cycle.programme.code, "--round", cycle.name)
    assert (found["coders"], found["kappa"]) == (3, None)
    # By hand: 18 values, 6 times no; o(no, yes) = 2; 1 - 17 * 2 / (6 * 12).
    assert found["alpha"] == pytest.approx(1 - 17 * 2 / 72)


def test_of_several_values_each_is_seen_or_not(cycle, tmp_path):
    one, other = organisations(cycle, 2)
    rows = [[one, "effects", "contacts", "ann"], [one, "effects", "mirror", "ann"]]
    rows += [[one, "effects", "contacts", "bob"], [other, "effects", "mirror", "bob"]]
    bring_in(cycle, tmp_path, rows)
    (found,) = run("agreement", cycle.programme.code)
    assert (found["units"], found["percent"]) == (2, 50.0)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["nowhere", "mentioned", "yes", "ann"], "organisation"),
        (["{code}", "nothing", "yes", "ann"], "variable"),
        (["{code}", "mentioned", "perhaps", "ann"], "value"),
        (["{code}", "mentioned", "yes", ""], "coder"),
        (["{code}", "rating", "++", "ann"], "coder"),
    ],
)
def test_one_wrong_row_and_nothing_is_stored(cycle, tmp_path, row, said):
    (code,) = organisations(cycle, 1)
    rows = [[code, "rating", "+-", "ann"], [cell.format(code=code) for cell in row]]
    with pytest.raises(CommandError) as caught:
        bring_in(cycle, tmp_path, rows)
    assert re.search(rf"(row|rij) 3\b.*\b{said}\b", str(caught.value))
    assert not Coding.objects.exists()


def test_a_second_time_changes_nothing_and_another_value_is_refused(cycle, tmp_path):
    (code,) = organisations(cycle, 1)
    header = [*HEADER, "passage"]
    rows = [[code, "rating", "+-", "ann", "“Soms wel, soms niet.”"]]
    bring_in(cycle, tmp_path, rows, header)
    assert bring_in(cycle, tmp_path, rows, header) | {"programme": "", "cycle": ""} == {
        "programme": "", "cycle": "", "codings": 0, "unchanged": 1,
    }  # fmt: skip
    assert Coding.objects.get().passage == "“Soms wel, soms niet.”"
    with pytest.raises(CommandError, match="ann"):
        bring_in(cycle, tmp_path, [[code, "rating", "++", "ann"]])


def test_a_name_that_is_not_there_says_what_is(cycle):
    with pytest.raises(CommandError, match="mentioned"):
        run("agreement", cycle.programme.code, "--variable", "nothing")
    with pytest.raises(CommandError, match=cycle.name):
        run("agreement", cycle.programme.code, "--round", "1066")


def test_a_worker_measures_what_the_page_shows_and_says_when_something_came_since(
    cycle, tmp_path, client
):
    codes = organisations(cycle, 8)
    pairs = [("++", "++"), ("+-", "+-"), ("--", "+-"), ("--", "--")] * 2
    bring_in(cycle, tmp_path, two(codes, "rating", pairs))
    client.force_login(make.AppointmentFactory(programme=cycle.programme, role="evaluator").user)
    url = reverse("agreement", args=[cycle.programme.code])
    client.post(reverse("agreement_measure", args=[cycle.programme.code]))
    assert client.get(url).context["is_waiting"]
    assert (measure_waiting("a"), measure_waiting("b")) == (1, 0)
    shown = client.get(url)
    (row,) = shown.context["rows"]
    assert row["alpha_interval"] and "Oordeel" in shown.text and not shown.context["is_stale"]
    bring_in(cycle, tmp_path, two(codes, "mentioned", [("yes", "yes")] * 8))
    assert client.get(url).context["is_stale"]
