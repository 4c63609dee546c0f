"""The evaluation as JSON; `docs/evaluation.schema.json` is its schema."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from benchmarks.models import Programme
from evaluation.report.claims import claim, rival_words, subject_words
from evaluation.report.group_words import group_words
from evaluation.report.mark_words import REQUIREMENTS, evidence_words
from evaluation.report.reading import Reading


def evaluation_as_json(programme: Programme, reading: Reading) -> dict[str, Any]:
    """Findings, improvement, levels, differences and quality mark, with words in the language of
    the moment; the notes, which may name organisations, only for who sees their names."""
    return {
        "programme": programme.code,
        "n": reading.n,
        "findings": [_finding(reading, each) for each in reading.result["findings"]],
        "improvement": [_improvement(each) for each in reading.result["improvement"]],
        "levels": [_level(reading, each) for each in reading.result.get("levels", [])],
        "differences": [
            _difference(reading, each) for each in reading.result.get("differences", [])
        ],
        "held": [_held(reading, each) for each in reading.result.get("partial", [])],
        "quality_mark": [_requirement(programme, each) for each in reading.result["quality_mark"]],
        "judgements": _judgements(reading),
        "notes": list(reading.result.get("notes", [])) if reading.names_organisations else [],
    }


def _judgements(reading: Reading) -> list[dict[str, Any]]:
    """Every change of a grade by an evaluator, in order of time."""
    about = {each["id"]: each for each in reading.result["findings"]}
    return [
        {"about": subject_words(reading, about[each["finding"]]), **_without_id(each)}
        for each in reading.result.get("judgements", [])
        if each["finding"] in about
    ]


def _without_id(change: Mapping[str, Any]) -> dict[str, Any]:
    return {name: change[name] for name in ("before", "after", "reason", "on")}


def _finding(reading: Reading, finding: Mapping[str, Any]) -> dict[str, Any]:
    numbers = ("grade", "estimate", "interval", "p", "p_adjusted", "n")
    return {
        "claim": claim(reading, finding),
        "kind": finding["kind"],
        **{name: finding[name] for name in numbers},
        "rivals": [rival_words(each) for each in finding["rivals"]],
    }


def _improvement(row: Mapping[str, Any]) -> dict[str, Any]:
    names = (
        "indicator",
        "with_chain",
        "without_chain",
        "chain_only",
        "neither",
        "difference",
        "interval",
        "grade",
    )
    return {name: row[name] for name in names}


def _level(reading: Reading, row: Mapping[str, Any]) -> dict[str, Any]:
    """Without the lowest and the highest: each is of one organisation."""
    names = ("n", "shares", "mean", "median", "sd", "iqr")
    return {"what": reading.variable(row["variable"]), **{name: row[name] for name in names}}


def _difference(reading: Reading, row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("measure", "value", "interval", "p", "p_adjusted", "grade", "n", "left_out")
    groups = [{**each, "group": group_words(row["by"], each["group"])} for each in row["groups"]]
    about = {"what": reading.variable(row["variable"]), "by": row["by"], "groups": groups}
    return about | {name: row[name] for name in names}


def _held(reading: Reading, row: Mapping[str, Any]) -> dict[str, Any]:
    names = {"condition": "from", "outcome": "to", "held": "held"}
    about = {name: reading.variable(row[code]) for name, code in names.items()}
    numbers = ("whole", "value", "interval", "p", "p_adjusted", "n")
    return about | {name: row[name] for name in numbers}


def _requirement(programme: Programme, row: Mapping[str, Any]) -> dict[str, Any]:
    link = reverse("programme", args=[programme.code])
    return {
        "requirement": str(REQUIREMENTS[row["requirement"]]),
        "hard": row["hard"],
        "met": row["met"],
        "evidence": f"{evidence_words(row)} ({link})",
    }
