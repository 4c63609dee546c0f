"""The framework of the studies: an arrow for each relation, over more than one round."""

import datetime as dt
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from django.utils.translation import override

from benchmarks.models import Figure, Involvement, Participation
from evaluation.findings.framework import ARROWS
from evaluation.findings.inputs import read_inputs
from evaluation.measures.stratified import association_over_rounds, tau_within_rounds
from evaluation.report.build import build_document
from evaluation.report.draw_framework import framework_svg
from evaluation.report.reading import Reading
from learningcircles.models import Action
from tests import factories as make
from tests.evaluation.made import add_figures, add_indicator
from tests.evaluation.results import result_of

SVG = "{http://www.w3.org/2000/svg}"


# --- The measure --------------------------------------------------------------------------------


def test_with_one_round_it_is_tau_b():
    x, y = np.array([1.0, 1, 2, 3]), np.array([1.0, 2, 3, 3])
    assert tau_within_rounds(x[:, None], y[:, None]) == pytest.approx(0.8)  # Kendall, by hand


def test_a_common_trend_is_no_relation():
    """All rise in both from round to round; between organisations there is nothing."""
    rng = np.random.default_rng(3)
    trend = 10 * np.arange(4)
    x, y = rng.normal(0, 1, (20, 4)) + trend, rng.normal(0, 1, (20, 4)) + trend
    pooled = tau_within_rounds(x.reshape(-1, 1), y.reshape(-1, 1))
    assert pooled > 0.6  # laid in one heap the trend is a strong relation
    found = association_over_rounds(x, y, resamples=499)
    assert abs(found.value) < 0.2
    assert found.p > 0.05
    assert found.interval[0] < 0 < found.interval[1]


def test_what_is_the_same_for_all_in_a_round_changes_nothing():
    rng = np.random.default_rng(4)
    x, y = rng.normal(0, 1, (8, 3)), rng.normal(0, 1, (8, 3))
    moved = x + np.array([100.0, -5, 3])
    assert tau_within_rounds(moved, y) == pytest.approx(tau_within_rounds(x, y))
    assert tau_within_rounds(y, x) == pytest.approx(tau_within_rounds(x, y))
    assert tau_within_rounds(-x, y) == pytest.approx(-tau_within_rounds(x, y))


def test_rounds_of_one_organisation_are_no_independent_cases():
    """Four copies of a round are one round: p stays as it is."""
    rng = np.random.default_rng(6)
    x, y = rng.normal(0, 1, (10, 1)), rng.normal(0, 1, (10, 1))
    once = association_over_rounds(x, y, resamples=999)
    copied = association_over_rounds(np.tile(x, 4), np.tile(y, 4), resamples=999)
    assert (copied.value, copied.p) == pytest.approx((once.value, once.p))


def test_what_is_unknown_is_left_out_and_few_are_not_tested():
    x = np.array([[1.0, np.nan], [2, 1], [3, 2], [np.nan, 3]])
    assert tau_within_rounds(x, x) == pytest.approx(1)
    assert association_over_rounds(np.ones((6, 1)), np.ones((6, 1))).reason == "constant"
    assert association_over_rounds(np.arange(5.0)[:, None], np.ones((5, 1))).reason == "few"


# --- A programme over two rounds ----------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(monkeypatch):
    """Twelve organisations in two rounds; those with support carry out more, and rise more."""
    monkeypatch.setattr("evaluation.findings.framework.RESAMPLES", 299)
    monkeypatch.setattr("evaluation.findings.compute.RESAMPLES", 99)
    monkeypatch.setattr("evaluation.findings.backing.RESAMPLES", 99)
    first = make.CycleFactory(
        name="2022", starts_on=dt.date(2022, 1, 1), ends_on=dt.date(2022, 12, 31)
    )
    second = make.CycleFactory(
        programme=first.programme,
        name="2023",
        starts_on=dt.date(2023, 1, 1),
        ends_on=dt.date(2023, 12, 31),
    )
    indicator, definition = add_indicator(first.programme, "costs")
    rng = np.random.default_rng(2)
    for place in range(12):
        organisation = make.OrganisationFactory()
        for cycle in (first, second):
            joined(cycle, organisation, together=place % 2 == 0)
            for number in range((place % 2 == 0 and 2) or place % 3 == 0):
                done(cycle, organisation, number)
        level = rng.normal(50, 5)
        rise = 4 if place % 2 == 0 else 0
        row = [level, level + 10 + rise, level + 20 + 2 * rise]
        row = [value + rng.normal(0, 0.5) for value in row]
        add_figures(indicator, definition, organisation, ("2021", "2022", "2023"), row)
    return first.programme


def joined(cycle, organisation, *, together):
    participation = make.ParticipationFactory(
        cycle=cycle,
        organisation=organisation,
        decided_by="contact" if together else "manager",
        others_consulted="yes" if together else "no",
        contact_consulted="yes" if together else "no",
        motive="learning" if together else "other",
    )
    Involvement.objects.create(
        participation=participation, phase="indicators", involved="yes" if together else "no"
    )


def done(cycle, organisation, number):
    Action.objects.create(
        programme=cycle.programme,
        cycle=cycle,
        organisation=organisation,
        title=f"Something {number}",
        status="done",
        agreed_on=cycle.starts_on,
        done_on=cycle.starts_on + dt.timedelta(days=200),
    )


def arrow(result, start, end):
    [found] = [a for a in result["framework"] if (a["from"], a["to"]) == (start, end)]
    return found


def test_every_arrow_is_there_over_both_rounds_and_graded(programme):
    result = result_of(programme)
    assert [(a["from"], a["to"]) for a in result["framework"]] == list(ARROWS)
    strong = arrow(result, "support_level", "change")
    assert (strong["rounds"], strong["n"]) == (2, 12)
    assert strong["value"] > 0.6
    assert strong["interval"][0] > 0
    assert strong["p"] < strong["p_adjusted"] < 0.05
    assert strong["grade"] == "plausible"
    unknown = arrow(result, "learning_capacity", "change")
    assert (unknown["value"], unknown["reason"], unknown["grade"]) == (
        None,
        "unknown",
        "unsupported",
    )


def test_the_arrows_belong_to_the_one_family_of_tests(programme):
    result = result_of(programme)
    tested = [each["p"] for each in result["findings"] if each["p"] is not None]
    own = [a for a in result["framework"] if a["p"] is not None]
    smallest = min(own, key=lambda a: a["p"])
    assert smallest["p_adjusted"] >= smallest["p"] * len(tested) * 0.999
    ids = [each["id"] for each in result["findings"]]
    assert "framework-support_level-change" in ids
    assert len(ids) == len(set(ids))


def test_a_study_of_one_round_keeps_its_eight_relations(workfirst):
    result = result_of(workfirst)
    told = [each for each in result["findings"] if each["kind"] == "relation"]
    assert len(told) == 8
    one = arrow(result, "support_level", "social_learning_level")
    row = next(r for r in result["relations"] if r["id"] == one["relation"])
    assert (one["value"], one["p_adjusted"]) == (row["association"]["value"], row["p_holm"])


def test_the_picture_has_each_arrow_with_its_numbers_and_is_told_in_words(programme):
    with override("en"):
        result = result_of(programme)
        document = build_document(programme, result)
        [part] = [each for each in document.sections if each.id == "framework"]
        chart = next(block for block in part.blocks if block.kind == "chart")
        drawn = framework_svg(Reading(result, is_study=False), chart)
        assert framework_svg(Reading(result, is_study=False), chart) == drawn
    root = ET.fromstring(drawn)
    assert root.find(f"{SVG}title").text == chart.title
    assert root.find(f"{SVG}desc").text == chart.alt
    assert root.get("role") == "img"
    drawn_lines = [p for p in root.findall(f"{SVG}path") if p.get("marker-end")]
    known = [a for a in result["framework"] if a["value"] is not None and a["to"] != "follow_up"]
    assert len(drawn_lines) >= len([a for a in known if a["from"] != "follow_up"])
    words = " ".join("".join(each.itertext()) for each in root.findall(f"{SVG}text"))
    value = arrow(result, "support_level", "change")["value"]
    assert f"change of the figures {value:.2f}" in words
    table = document.tables["framework"]
    assert len(table.rows) == len(ARROWS)
    assert f"{value:.2f}" in [row[2] for row in table.rows]


def test_names_from_outside_can_not_break_out_of_the_picture(programme):
    result = result_of(programme)
    with override("en"):
        document = build_document(programme, result)
        chart = next(
            block
            for part in document.sections
            for block in part.blocks
            if block.kind == "chart" and block.id == "framework"
        )
        from dataclasses import replace

        drawn = framework_svg(
            Reading(result, is_study=False), replace(chart, title="</title><script>x</script>")
        )
    assert "<script>" not in drawn
    ET.fromstring(drawn)


def test_the_rounds_stand_side_by_side(programme):
    Action.objects.filter(cycle__name="2022").first().delete()
    with override("en"):
        table = build_document(programme, result_of(programme)).tables["rounds"]
    assert table.header[1:] == ("2022", "2023")
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Organisations"] == (12, 12)
    assert rows["Actions agreed"][0] == rows["Actions agreed"][1] - 1
    assert rows["Support, mean level"][1].endswith("(12)")


def test_an_earlier_round_is_evaluated_without_what_came_later(programme):
    inputs = read_inputs(programme, today=dt.date(2026, 6, 1), cycle_name="2022")
    assert [each.cycle.name for each in inputs.rounds] == ["2022"]
    newest = read_inputs(programme, today=dt.date(2026, 6, 1))
    assert [each.cycle.name for each in newest.rounds] == ["2022", "2023"]
    Participation.objects.filter(cycle__name="2022").update(motive="other")
    Figure.objects.filter(period="2021").delete()
    changed = read_inputs(programme, today=dt.date(2026, 6, 1))
    assert changed.rounds[0].participants != newest.rounds[0].participants
