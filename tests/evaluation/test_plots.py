"""Charts on the page: positions by hand, and no mark that its table doesn't tell of."""

import pytest
from django.utils.translation import override

from evaluation.report.build import build_document
from evaluation.report.plots import Piece
from evaluation.report.plotting import improvement_plot, perception_plot
from tests.evaluation.results import result_of

pytestmark = pytest.mark.django_db


def row(**changed):
    return {
        "indicator": "costs",
        "meaning": "Costs",
        "meaning_en": "Costs",
        "unit": "",
        "unit_en": "",
        "better": "lower",
        "difference": -4.0,
        "interval": [-6.0, -2.0],
        "least_change": 2.0,
        "grade": "plausible",
    } | changed


def test_better_is_to_the_right_in_units_of_what_matters():
    """4 lower where lower is better is twice what matters: half of the way from 50 to 100; the
    interval goes from once to three times."""
    plot = improvement_plot([row(), row(difference=None), row(better="higher", difference=-20.0)])
    first, second = plot.marks
    assert (first.row, second.row) == (0, 2)
    assert first.pieces == (Piece("interval", 62.5, 25.0), Piece("plausible", 75.0))
    assert second.pieces[-1].x == 0.0  # further out than the axis goes


def test_agreement_diverges_from_the_middle_of_neutral():
    """1, 1, 2, 3 and 3 of ten: 5, 5, 10, 15 and 15 percent of the axis, neutral around 50."""
    item = {"text_en": "S", "text_nl": "S", "occasion": "", "n": 10, "counts": [1, 1, 2, 3, 3]}
    plot = perception_plot({"items": [item | {"counts": None}, item]})
    [mark] = plot.marks
    assert mark.row == 1
    assert [(each.x, each.width) for each in mark.pieces] == [
        (35.0, 5.0), (40.0, 5.0), (45.0, 10.0), (55.0, 15.0), (70.0, 15.0)
    ]  # fmt: skip


@pytest.mark.parametrize("sees_names", [True, False])
def test_each_mark_stands_for_a_row_of_a_table_that_this_reader_has(
    workfirst, vensters, sees_names
):
    for programme in (workfirst, vensters):
        result = result_of(programme)
        with override("en"):
            document = build_document(programme, result, names_organisations=sees_names)
        charts = [b for part in document.sections for b in part.blocks if b.kind == "chart"]
        assert charts or not sees_names
        for chart in charts:
            table = document.tables[chart.plot.table]
            assert max(mark.row for mark in chart.plot.marks) < len(table.rows)
            told = {each.who for mark in chart.plot.marks for each in mark.pieces} - {""}
            assert told <= ({*table.header} if sees_names else set()), chart.id
            if chart.id == "ratings":
                for mark in chart.plot.marks:
                    assert {p.text for p in mark.pieces} <= set(table.rows[mark.row])
                    assert mark.label in table.rows[mark.row]
