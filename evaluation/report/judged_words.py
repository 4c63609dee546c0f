"""Findings with their grades, as an evaluator judges them."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evaluation.report.claims import claim_by_grade, grade_words, rival_words
from evaluation.report.reading import Reading, interval_words, number, p_words


def kind_words(kind: str) -> str:
    """What a finding is about."""
    return {
        "improvement": _("Improvement"),
        "levelling": _("Levelling"),
        "relation": _("Relation"),
        "difference": _("Difference"),
    }[kind]


def listed_findings(reading: Reading) -> list[dict[str, Any]]:
    """All findings in their order: claim, kind, grade, and the grade by the rules where changed."""
    return [
        {
            "id": each["id"],
            "claim": claim_by_grade(reading, each),
            "kind": kind_words(each["kind"]),
            "grade": capfirst(grade_words(each["grade"])),
            "code": each["grade"],
            "by_rules": _by_rules(each),
            "n": each["n"],
        }
        for each in reading.result["findings"]
    ]


def _by_rules(finding: Mapping[str, Any]) -> str:
    change = finding.get("grade_change")
    return grade_words(change["before"]) if change else ""


def finding_numbers(reading: Reading, finding: Mapping[str, Any]) -> dict[str, Any]:
    """One finding with its numbers and rivals in words."""
    return {
        "id": finding["id"],
        "claim": claim_by_grade(reading, finding),
        "kind": kind_words(finding["kind"]),
        "grade": capfirst(grade_words(finding["grade"])),
        "by_rules": _by_rules(finding),
        "rivals": [rival_words(each) for each in finding["rivals"]],
        "numbers": [
            (_("Organisations"), finding["n"]),
            (_("Estimate"), number(finding["estimate"])),
            (_("95% interval"), interval_words(finding["interval"])),
            ("p", p_words(finding["p"])),
            (_("p, corrected"), p_words(finding["p_adjusted"])),
        ],
    }
