"""A finding as a sentence with its grade and its table."""

from collections.abc import Mapping
from typing import Any

from evaluation.report.claims import claim, difference_table
from evaluation.report.document import Sentence
from evaluation.report.reading import Reading


def claimed(reading: Reading, finding: Mapping[str, Any]) -> Sentence:
    """A finding as a sentence that leads to its table."""
    table = {
        "improvement": "improvement",
        "levelling": "levelling",
        "relation": finding["id"].removeprefix("relation-"),
    }.get(finding["kind"], "")
    if finding["kind"] == "difference":
        table = difference_table(finding)
    if finding["id"].startswith("framework-"):
        table = "framework"
    return Sentence(claim(reading, finding), table, finding["grade"])
