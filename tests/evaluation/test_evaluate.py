"""`benchlearn evaluate`: what is claimed of a programme's figures, and what is not."""

import datetime as dt
import io
import json
import zipfile

import jsonschema
import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from core.exceptions import InvalidInput
from core.leases import claim
from evaluation.domain.plans import fix_plan, import_plan, plan_of, read_plan
from evaluation.domain.runs import cancel_run, carry_out, make_report, request_run
from evaluation.findings.kept import rows_of
from evaluation.findings.panels import read_panels
from evaluation.measures.correction import holm
from evaluation.models import AnalysisPlan, Run, RunInput
from learningcircles.models import Action
from tests import factories as make
from tests.architecture.source import ROOT
from tests.evaluation.made import DONE, add_action, add_figures, add_indicator, programme_of

pytestmark = pytest.mark.django_db
PARTS = [
    "programme", "n", "findings", "improvement", "levels", "differences", "held", "quality_mark",
    "judgements", "notes",
]  # fmt: skip
KEYS = {
    "findings": {
        "claim", "kind", "grade", "estimate", "interval", "p", "p_adjusted", "n", "rivals",
    },
    "improvement": {
        "indicator", "with_chain", "without_chain", "chain_only", "neither", "difference",
        "interval", "grade",
    },
    "quality_mark": {"requirement", "hard", "met", "evidence"},
}  # fmt: skip


@pytest.fixture
def evaluate(tmp_path, monkeypatch):
    """What `evaluate` writes as JSON, in English; with fewer resamples, for speed."""
    monkeypatch.setattr("evaluation.findings.compute.RESAMPLES", 999)

    def run(programme, *args):
        call_command(
            "evaluate", programme.code, "--out", str(tmp_path), "--language", "en", *args,
            stdout=io.StringIO(),
        )  # fmt: skip
        return json.loads((tmp_path / "evaluation.json").read_text())

    return run


def figures(rng, n, *, effect, acted, periods=4, spread=8.0, luck=2.0):
    """Levels of their own, luck, and an effect from the third period on for those who acted."""
    values = rng.normal(50, spread, n)[:, None] + rng.normal(0, luck, (n, periods))
    values[: len(acted), 2:] += effect
    return values.tolist()


def the_improvement(told):
    [row] = told["improvement"]
    [finding] = [each for each in told["findings"] if each["kind"] == "improvement"]
    return row, finding


# --- What is claimed ----------------------------------------------------------------------------


def test_a_real_change_where_something_was_done_is_found(evaluate):
    rows = figures(np.random.default_rng(1), 24, effect=6, acted=range(12))
    told = evaluate(programme_of(rows, acted=range(12)))
    assert list(told) == PARTS
    assert told["n"] == 24
    jsonschema.validate(told, json.loads((ROOT / "docs/evaluation.schema.json").read_text()))
    for part, keys in KEYS.items():
        assert all(set(each) == keys for each in told[part]), part
    row, finding = the_improvement(told)
    assert row["grade"] == "strong"
    assert row["difference"] == pytest.approx(6, abs=2)
    low, high = row["interval"]
    assert 0 < low < row["difference"] < high
    assert row["with_chain"] + row["chain_only"] == 12
    assert row["without_chain"] + row["neither"] == 12
    assert row["with_chain"] >= 10
    assert (finding["estimate"], finding["n"]) == (row["difference"], 24)
    assert finding["p"] == 0.001
    assert finding["claim"] == "“costs” improved more where an action on it was carried out."
    assert len(finding["rivals"]) == 1
    assert "nobody drew lots" in finding["rivals"][0]


def test_where_lower_is_better_an_improvement_is_a_fall(evaluate):
    rows = figures(np.random.default_rng(1), 24, effect=-6, acted=range(12))
    row, finding = the_improvement(evaluate(programme_of(rows, acted=range(12), better="lower")))
    assert row["grade"] == "strong"
    assert row["interval"][0] < row["difference"] < row["interval"][1] < 0
    worse = evaluate(programme_of(rows, acted=range(12), better="higher"))
    row, finding = the_improvement(worse)
    assert row["grade"] == "contradicted"
    assert "changed for the worse" in finding["claim"]


def test_what_all_have_in_common_is_no_improvement_by_acting(evaluate):
    rows = np.array(figures(np.random.default_rng(2), 24, effect=0, acted=range(12)))
    rows[:, 2:] += 10
    row, finding = the_improvement(evaluate(programme_of(rows.tolist(), acted=range(12))))
    assert row["grade"] == "unsupported"
    assert row["with_chain"] == row["without_chain"] == 12
    assert "chance" in finding["rivals"]
    assert "that is no proof that it did not" in finding["claim"]


def test_the_weakest_rise_by_themselves_and_that_is_said(evaluate):
    """Those below the middle at the last figure act, nothing changes; a naive test would fall for
    these figures, as the paired test shows."""
    rng = np.random.default_rng(6)
    values = rng.normal(0, 6, 41)[:, None] + rng.normal(0, 5, (41, 4)) + 50
    weakest = np.flatnonzero(values[:, 1].argsort().argsort() < 20)
    change = values[weakest, 2] - values[weakest, 1]
    assert change.mean() / (change.std(ddof=1) / 20**0.5) > 2.1
    row, finding = the_improvement(
        evaluate(programme_of(values.tolist(), acted=set(weakest.tolist())))
    )
    assert row["grade"] == "unsupported"
    assert any("regression to the mean" in each for each in finding["rivals"])


@pytest.mark.parametrize(
    ("count", "acted", "why"),
    [
        (5, range(2), "too few organisations"),
        (12, (), "no figures both before and after"),
        (12, range(12), "nothing to compare with"),
        (12, range(1), "too few organisations"),
    ],
    ids=["five", "nobody acted", "all acted", "one acted"],
)
def test_without_something_to_compare_there_are_data_and_no_p(evaluate, count, acted, why):
    rows = figures(np.random.default_rng(3), count, effect=20, acted=acted)
    row, finding = the_improvement(evaluate(programme_of(rows, acted=acted)))
    assert row["grade"] == "unsupported"
    assert row["difference"] is row["interval"] is finding["p"] is finding["p_adjusted"] is None
    assert why in finding["rivals"][0]
    four = ("with_chain", "without_chain", "chain_only", "neither")
    assert sum(row[name] for name in four) == count


def test_an_action_that_is_open_or_on_something_else_is_no_chain(evaluate):
    rows = figures(np.random.default_rng(1), 24, effect=6, acted=range(12))
    programme = programme_of(rows, acted=())
    indicator = programme.indicators.get()
    other, _definition = add_indicator(programme, "other", "neutral")
    organisations = [p.organisation for p in programme.cycles.get().participations.order_by("pk")]
    for organisation in organisations[:6]:
        add_action(programme, indicator, organisation, None)
    for organisation in organisations[6:12]:
        add_action(programme, other, organisation, DONE)
    row, _finding = the_improvement(evaluate(programme))
    assert (row["with_chain"], row["chain_only"], row["grade"]) == (0, 0, "unsupported")


def test_one_correction_covers_all_tests_of_a_report(evaluate):
    rng = np.random.default_rng(4)
    programme = programme_of(figures(rng, 24, effect=3, acted=range(12)), acted=range(12))
    organisations = [p.organisation for p in programme.cycles.get().participations.order_by("pk")]
    for code in ("second", "third"):
        indicator, definition = add_indicator(programme, code)
        for place, row in enumerate(figures(rng, 24, effect=1, acted=range(12))):
            add_figures(
                indicator, definition, organisations[place], ("2020", "2021", "2022", "2023"), row
            )
            if place < 12:
                add_action(programme, indicator, organisations[place], DONE)
    told = evaluate(programme)
    tested = [each for each in told["findings"] if each["p"] is not None]
    assert len(tested) == 3
    adjusted = holm([each["p"] for each in tested])
    assert [each["p_adjusted"] for each in tested] == pytest.approx(adjusted)
    for each in tested:
        assert each["grade"] == "unsupported" or each["p_adjusted"] < 0.05


def test_the_period_of_an_act_is_told_by_its_middle(db):
    programme = programme_of([[1, 2, 3, 4]] * 2)
    [panel] = read_panels(programme, [{"code": "costs", "better": "higher", "least_change": None}])
    days = ("2020-01-01", "2021-07-02", "2021-07-03", "2022-02-01", "2023-12-31")
    assert [panel.first_after(dt.date.fromisoformat(day)) for day in days] == [0, 1, 2, 2, 4]


def test_figures_that_may_not_be_compared_are_left_out(db):
    programme = programme_of([[1, 2, 3, 4]] * 2)
    indicator = programme.indicators.get()
    definition = indicator.definitions.create(
        version=2, meaning="new", unit="euro", comparable=False
    )
    indicator.figures.filter(period__gte="2022").update(definition=definition)
    [panel] = read_panels(programme, [{"code": "costs", "better": "higher", "least_change": None}])
    assert panel.periods == ("2022", "2023")
    assert panel.not_comparable == 4


# --- The plan -----------------------------------------------------------------------------------

PLAN = """
title = "What we look at"
questions = ["Did costs fall?"]
[[indicator]]
code = "costs"
better = "higher"
least_change = 25
"""


def test_a_plan_fixes_what_matters_and_is_marked_when_it_comes_afterwards(evaluate, tmp_path):
    rows = figures(np.random.default_rng(1), 24, effect=6, acted=range(12))
    programme = programme_of(rows, acted=range(12))
    assert plan_of(programme, programme.cycles.get()).afterwards
    file = tmp_path / "plan.toml"
    file.write_text(PLAN)
    plan = import_plan(programme, file)
    assert (plan.version, plan.afterwards) == (1, True)  # figures after the act were there
    assert import_plan(programme, file) == plan
    row, finding = the_improvement(evaluate(programme))
    assert row["grade"] == "unsupported"
    assert "smaller than what matters" in finding["rivals"][0]
    assert row["with_chain"] == 0


def test_before_any_figure_a_plan_is_beforehand(db):
    programme = programme_of([[None] * 4] * 3)
    assert not fix_plan(programme.cycles.get(), read_plan(PLAN)).afterwards
    assert AnalysisPlan.objects.get().document["indicator"][0]["least_change"] == 25


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("title = ", "TOML"),
        ("colour = 'red'", "colour"),
        ("[[indicator]]\ncode='costs'\nleast_change=-1", "indicator.0.least_change"),
        ("[[indicator]]\ncode='prices'", "prices"),
        ("[[indicator]]\ncode='costs'\nbetter='lower'", "costs"),
        ("[[indicator]]\ncode='costs'\n[[indicator]]\ncode='costs'", "costs"),
        ("reference_group = 'friends'", "reference_group"),
    ],
)
def test_a_plan_that_can_not_be_is_refused_in_words(db, text, wrong):
    programme = programme_of([[1, 2, 3, 4]] * 3)
    with pytest.raises(InvalidInput) as refused:
        fix_plan(programme.cycles.get(), read_plan(text))
    assert wrong in str(refused.value.message)
    assert not AnalysisPlan.objects.exists()


def test_what_a_plan_leaves_out_of_its_family_is_not_corrected_and_not_claimed(evaluate):
    rows = figures(np.random.default_rng(1), 24, effect=6, acted=range(12))
    programme = programme_of(rows, acted=range(12))
    fix_plan(programme.cycles.get(), read_plan('family = ["relations"]'))
    row, finding = the_improvement(evaluate(programme))
    assert finding["p"] == 0.001
    assert (finding["p_adjusted"], row["grade"]) == (None, "unsupported")


# --- The run ------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes_and_changed_data_say_what_changed(evaluate, tmp_path):
    rows = figures(np.random.default_rng(1), 24, effect=6, acted=range(12))
    programme = programme_of(rows, acted=range(12))
    evaluate(programme)
    first = (tmp_path / "evaluation.json").read_bytes()
    make_report(programme, with_files=False, again=True)
    evaluate(programme)
    assert (tmp_path / "evaluation.json").read_bytes() == first
    one, two = Run.objects.order_by("pk")
    assert one.result == two.result
    assert two.changes == []
    Action.objects.filter(organisation__participations__reference=_first(programme)).delete()
    run, new = make_report(programme, with_files=False)
    assert new
    assert run.changes == [{"kind": "actions", "new": 0, "gone": 1}]
    kept = rows_of(RunInput.objects.get(run=run))
    assert len(kept["actions"]) == 11


def _first(programme):
    return programme.cycles.get().participations.order_by("pk").first().reference


def test_a_run_that_was_cancelled_stores_nothing(db):
    programme = programme_of([[1, 2, 3, 4]] * 3)
    run = request_run(programme)
    held = claim(Run.objects.all(), "worker")
    assert cancel_run(run)
    carry_out(held)
    run.refresh_from_db()
    assert (run.state, run.result) == ("cancelled", {})
    assert not cancel_run(run)


# --- Other formats, and what is refused ---------------------------------------------------------


def test_docx_has_the_words_and_the_tables(evaluate, tmp_path):
    rows = figures(np.random.default_rng(1), 24, effect=6, acted=range(12))
    programme = programme_of(rows, acted=range(12))
    evaluate(programme)
    out = io.StringIO()
    call_command(
        "evaluate", programme.code, "--out", str(tmp_path), "--format", "docx",
        "--language", "en", "--json", stdout=out,
    )  # fmt: skip
    told = json.loads(out.getvalue())
    assert told["new"] is False  # the same run
    with zipfile.ZipFile(told["file"]) as packed:
        words = packed.read("word/document.xml").decode()
    assert "“costs” improved more where an action on it was carried out." in words
    assert words.count("<w:tbl>") >= 5


def test_another_round_or_programme_that_is_not_there_is_refused(tmp_path):
    programme = programme_of([[1, 2, 3, 4]] * 3)
    for args in (["nowhere"], [programme.code, "--cycle", "1999"]):
        with pytest.raises(CommandError):
            call_command("evaluate", *args, "--out", str(tmp_path))
    empty = make.ProgrammeFactory()
    with pytest.raises(CommandError), override("en"):
        call_command("evaluate", empty.code, "--out", str(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_programme_without_figures_has_nothing_to_claim(evaluate):
    told = evaluate(make.ParticipationFactory().cycle.programme)
    assert told["improvement"] == []
    assert told["n"] == 1
    assert [each["hard"] for each in told["quality_mark"]] == [True] * 10 + [False] * 3
    assert {each["met"] for each in told["quality_mark"]} <= {True, False, None}
