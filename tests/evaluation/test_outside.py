"""Against whom: organisations without a chain, and organisations outside the benchmark."""

import pytest
from django.utils.translation import override

from evaluation.domain.plans import fix_plan, read_plan
from evaluation.findings.programme_records import groups_of
from evaluation.report.build import build_document
from tests import factories as make
from tests.evaluation.made import YEARS, add_figures, programme_of
from tests.evaluation.results import result_of

pytestmark = pytest.mark.django_db
ACTED, WITHOUT, OUTSIDE = [9, 7, 8], [2, 3, 4], [6, 5, 4]
"""The figures after. Those before are all 1, so that a difference is one of plain means: those who
acted less those without, 8 - 3; less those outside, 8 - 5; less all of them, 8 - 4."""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr("evaluation.findings.compute.RESAMPLES", 720)
    monkeypatch.setattr("evaluation.findings.backing.RESAMPLES", 99)


def with_outsiders(**named):
    """Three that acted, three that take part without, and three that never took part."""
    rows = [[1, 1, after, after] for after in (*ACTED, *WITHOUT)]
    programme = programme_of(rows, acted=range(3), **named)
    indicator = programme.indicators.get()
    for place, after in enumerate(OUTSIDE):
        outsider = make.OrganisationFactory(name=f"Outside {place}", size_class="under_20000")
        add_figures(indicator, indicator.definitions.get(), outsider, YEARS, [1, 1, after, after])
    return programme


def row_of(programme):
    [row] = result_of(programme)["improvement"]
    return row


def test_the_difference_is_taken_against_all_against_those_without_and_against_those_outside():
    row = row_of(with_outsiders())
    assert (row["difference"], row["acted"], row["reference"]) == (4.0, 3, 6)
    without, outside = row["against"]["without_chain"], row["against"]["outside"]
    assert (without["difference"], without["acted"], without["reference"]) == (5.0, 3, 3)
    assert (outside["difference"], outside["acted"], outside["reference"]) == (3.0, 3, 3)
    assert outside["interval"][0] < 3 < outside["interval"][1]
    assert "p" not in outside  # one test an indicator: the others are for comparison
    four = ("with_chain", "without_chain", "chain_only", "neither")
    assert sum(row[name] for name in four) == row["n"] == 9


def test_a_plan_may_compare_with_those_outside_only():
    programme = with_outsiders()
    fix_plan(programme.cycles.get(), read_plan('reference_group = "outside"'))
    row = row_of(programme)
    assert (row["difference"], row["acted"], row["reference"]) == (3.0, 3, 3)
    assert row["sensitivity"]["plain"] == row["sensitivity"]["no_gaps"] == 3.0
    without = programme.cycles.get().participations.order_by("pk")[3].organisation
    programme.indicators.get().figures.filter(organisation=without).update(value=40)
    assert row_of(programme)["difference"] == 3.0  # who takes part is not compared with


def test_it_is_in_the_direction_of_the_figure_itself():
    """Where lower is better these rose more, for the worse: both numbers say so alike."""
    row = row_of(with_outsiders(better="lower"))
    assert row["against"]["outside"]["difference"] == 3.0
    assert (row["difference"], row["grade"]) == (4.0, "contradicted")


def test_without_figures_of_others_there_is_nothing_outside():
    programme = programme_of([[1, 1, after, after] for after in (*ACTED, *WITHOUT)], acted=range(3))
    row = row_of(programme)
    assert (row["difference"], row["against"]) == (5.0, {})
    fix_plan(programme.cycles.get(), read_plan('reference_group = "outside"'))
    row = row_of(programme)
    assert (row["difference"], row["reason"], row["grade"]) == (None, "no_reference", "unsupported")


def test_within_size_classes_those_outside_are_in_theirs():
    programme = with_outsiders()
    first = programme.cycles.get().participations.order_by("pk").first().organisation
    first.size_class = "under_20000"
    first.save()
    groups = groups_of(programme, "size_class")
    outside = programme.indicators.get().figures.filter(organisation__name__startswith="Outside")
    small = {groups[pk] for pk in outside.values_list("organisation_id", flat=True)}
    assert small == {groups[first.pk]}
    assert sum(number in small for number in groups.values()) == 4


def test_the_report_lays_them_side_by_side_and_names_nobody_to_a_stranger():
    programme = with_outsiders()
    result = result_of(programme)
    with override("en"):
        table = build_document(programme, result).tables["against"]
        nameless = build_document(programme, result, names_organisations=False)
    [cells] = table.rows
    assert cells[1] == "4.00"
    assert cells[2].startswith("5.00 (")
    assert cells[3].startswith("3.00 (")
    assert cells[3].endswith("n = 3 and 3")
    told = [c for each in nameless.tables.values() for row in each.rows for c in row]
    assert not any("Outside" in str(cell) for cell in told)
