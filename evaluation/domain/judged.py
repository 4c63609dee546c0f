"""The result of a run as it stands with what an evaluator added."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from evaluation.models import GradeChange, Run


def judged_result(run: Run) -> dict[str, Any]:
    """The result of a run with the grades that hold now.

    A finding whose grade was changed has `grade_change` (before, after, reason, on: that of the
    rules first); `judgements` are all changes and `notes` all notes, in order of time.
    """
    changes = list(run.grade_changes.all())
    newest = {each.finding: each for each in changes}
    first = {each.finding: each.before for each in reversed(changes)}
    findings = [
        _judged(each, newest.get(each["id"]), first.get(each["id"], ""))
        for each in run.result.get("findings", [])
    ]
    return {
        **run.result,
        "findings": findings,
        "improvement": _with_grades(run.result.get("improvement", []), findings),
        "judgements": [{"finding": each.finding, **_told(each, each.before)} for each in changes],
        "notes": [{"text": each.text, "on": day_of(each.created_at)} for each in run.notes.all()],
    }


def _judged(
    finding: Mapping[str, Any], change: GradeChange | None, by_rules: str
) -> dict[str, Any]:
    if change is None or change.after == by_rules:
        return dict(finding)
    return {**finding, "grade": change.after, "grade_change": _told(change, by_rules)}


def _told(change: GradeChange, before: str) -> dict[str, str]:
    return {
        "before": before,
        "after": change.after,
        "reason": change.reason,
        "on": day_of(change.created_at),
    }


def _with_grades(
    rows: list[dict[str, Any]], findings: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The rows of improvement with the grades of their findings."""
    grades = {
        each["about"]["indicator"]: each["grade"]
        for each in findings
        if each["kind"] == "improvement"
    }
    return [{**row, "grade": grades.get(row["indicator"], row["grade"])} for row in rows]


def finding_of(run: Run, finding: str) -> dict[str, Any] | None:
    """A finding as it stands now; None when the run has no such finding."""
    found = (each for each in judged_result(run)["findings"] if each["id"] == finding)
    return next(found, None)


def day_of(moment: datetime) -> str:
    """The day here on which something was added."""
    return timezone.localtime(moment).date().isoformat()
