"""`docs/studies.md` tells the numbers that the report has now."""

import datetime as dt
import re

import pytest

from evaluation.findings.compute import compute_report
from evaluation.findings.inputs import read_inputs
from tests.architecture.source import ROOT

ROW = re.compile(
    r"^\| `(\w+)` \| `(\w+)` \| (\d+) \| (\S+) \| (\S+) to (\S+) \| (\S+) \| (\S+) \|$"
)

HELD = re.compile(
    r"^\| `(\w+)` \| `(\w+)` \| `(\w+)` \| (\S+) \| (\S+) \| (\S+) to (\S+) \|$", re.MULTILINE
)


@pytest.mark.django_db
def test_the_page_about_the_studies_has_the_numbers_of_the_report(workfirst):
    text = (ROOT / "docs/studies.md").read_text(encoding="utf-8").replace("−", "-")
    rows = [found.groups() for line in text.splitlines() if (found := ROW.match(line))]
    result = compute_report(read_inputs(workfirst, today=dt.date(2026, 6, 1)))
    told = {
        (row["condition"], row["outcome"]): (
            row["n"],
            row["association"]["value"],
            *row["association"]["interval"],
            row["association"]["p"],
            row["p_holm"],
        )
        for row in result["relations"]
    }
    assert {(condition, outcome) for condition, outcome, *_numbers in rows} == set(told)
    for condition, outcome, n, *numbers in rows:
        expected = told[condition, outcome]
        assert int(n) == expected[0]
        for written, value in zip(numbers, expected[1:], strict=True):
            decimals = len(written.partition(".")[2])
            assert float(written) == pytest.approx(value, abs=0.51 * 10**-decimals), outcome
    check_held(text, result["partial"])
    for each in result["findings"]:
        assert each["grade"] == "unsupported"


def check_held(text, partial):
    """What is left of a relation with another condition held, to the decimals that are written."""
    told = {(row["from"], row["to"], row["held"]): row for row in partial}
    rows = HELD.findall(text)
    assert len(rows) == 4
    for start, end, held, *written in rows:
        row = told[start, end, held]
        numbers = (row["whole"], row["value"], *row["interval"])
        for one, value in zip(written, numbers, strict=True):
            assert float(one) == pytest.approx(value, abs=0.0051), (start, end)
