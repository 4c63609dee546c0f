"""Findings: each a claim with its numbers, n, grade and rivals. No words here, but codes.

Grades, by rules that are written here and in `measures/verdict.py`:

- *improvement*: see `measures.verdict.grade`, with p corrected for the family of the plan;
- *relation*: `plausible` when p withstands the correction and the two go together, `contradicted`
  when it does and they go against one another, else `unsupported`. Never strong: it is one moment;
- *difference*: between groups `plausible` when p withstands the correction; between rounds also
  `contradicted`, when it fell. Only what the plan tests is a finding. Never strong: nobody drew
  lots for the group, and nobody outside is compared with;
- *levelling*: `plausible` when the spread fell and the best did not rise, by their intervals, else
  `unsupported`. Never strong: no test was planned.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evaluation.findings.relations import SEEN_FROM
from evaluation.measures.verdict import CONTRADICTED, PLAUSIBLE, UNSUPPORTED

LEVEL = 0.05
LEFT = 0.5
"""Where less of a strength than this is left with a third thing held, that is named as a rival."""


def findings_of(
    relations: Iterable[Mapping[str, Any]],
    improvement: Iterable[Mapping[str, Any]],
    arrows: Iterable[Mapping[str, Any]] = (),
    differences: Iterable[Mapping[str, Any]] = (),
    partial: Sequence[Mapping[str, Any]] = (),
) -> list[dict[str, Any]]:
    """All findings, improvement first; an arrow of the framework that is a relation of the plan is
    told once."""
    improved = list(improvement)
    return [
        *map(_improved, improved),
        *(_levelled(row) for row in improved if row["levelling"]),
        *(_related(row, partial) for row in relations),
        *(
            _arrow(each, partial)
            for each in arrows
            if each["relation"] is None and each["p"] is not None
        ),
        *(_differing(row) for row in differences if row["p"] is not None),
    ]


def _improved(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": f"improvement-{row['indicator']}",
        "kind": "improvement",
        "about": {"indicator": row["indicator"]},
        "grade": row["grade"],
        "estimate": row["difference"],
        "interval": row["interval"],
        "p": row["p"],
        "p_adjusted": row["p_adjusted"],
        "n": row["n"],
        "rivals": row["rivals"],
    }


def _levelled(row: Mapping[str, Any]) -> dict[str, Any]:
    found = row["levelling"]
    spread = found["spread"]
    return {
        "id": f"levelling-{row['indicator']}",
        "kind": "levelling",
        "about": {"indicator": row["indicator"]},
        "grade": PLAUSIBLE if found["levelled"] else UNSUPPORTED,
        "estimate": spread["change"],
        "interval": spread["interval"],
        "p": None,
        "p_adjusted": None,
        "n": found["n"],
        "rivals": ["regression_to_mean"] if found["levelled"] else ["chance"],
    }


def _related(row: Mapping[str, Any], partial: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found = row["association"] or {"value": None, "interval": None, "p": None}
    chance = row["p_holm"] is None or row["p_holm"] >= LEVEL
    return {
        "id": f"relation-{row['id']}",
        "kind": "relation",
        "about": {"condition": row["condition"], "outcome": row["outcome"]},
        "grade": relation_grade(found["value"], row["p_holm"]),
        "estimate": found["value"],
        "interval": found["interval"],
        "p": found["p"],
        "p_adjusted": row["p_holm"],
        "n": row["n"],
        "rivals": [
            *([row["association_reason"]] if row["association_reason"] else []),
            *(["chance"] if chance and found["p"] is not None else []),
            "other_direction",
            third_rival(partial, row["condition"], row["outcome"]),
        ],
    }


def _arrow(arrow: Mapping[str, Any], partial: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    chance = arrow["p_adjusted"] is None or arrow["p_adjusted"] >= LEVEL
    return {
        "id": f"framework-{arrow['from']}-{arrow['to']}",
        "kind": "relation",
        "about": {"condition": arrow["from"], "outcome": arrow["to"]},
        "grade": arrow["grade"],
        "estimate": arrow["value"],
        "interval": arrow["interval"],
        "p": arrow["p"],
        "p_adjusted": arrow["p_adjusted"],
        "n": arrow["n"],
        "rivals": [
            *(["chance"] if chance else []),
            "other_direction",
            third_rival(partial, arrow["from"], arrow["to"]),
        ],
    }


def _differing(row: Mapping[str, Any]) -> dict[str, Any]:
    chance = row["p_adjusted"] is None or row["p_adjusted"] >= LEVEL
    about = {name: row[name] for name in ("variable", "by", "measure")}
    return {
        "id": f"difference-{row['id']}",
        "kind": "difference",
        "about": about,
        **{name: row[name] for name in ("grade", "interval", "p", "p_adjusted", "n")},
        "estimate": row["value"],
        "rivals": [
            *(["chance"] if chance else []),
            "no_outside" if row["by"] == "rounds" else "third_variable",
        ],
    }


def third_rival(partial: Sequence[Mapping[str, Any]], start: str, end: str) -> str:
    """That a third thing may lie behind both; or that one does, as far as can be seen."""
    return "shared" if shared(partial, start, end) else "third_variable"


def relation_grade(value: float | None, p_adjusted: float | None) -> str:
    """The grade of "where there is more of the one there is more of the other".

    >>> relation_grade(0.5, 0.03), relation_grade(-0.5, 0.03), relation_grade(0.5, 0.2)
    ('plausible', 'contradicted', 'unsupported')
    """
    if value is None or p_adjusted is None or p_adjusted >= LEVEL:
        return UNSUPPORTED
    return PLAUSIBLE if value > 0 else CONTRADICTED


def shared(rows: Iterable[Mapping[str, Any]], start: str, end: str) -> bool:
    """Is less than half of an arrow's strength left once one of the others is held?

    >>> row = {"from": "a", "to": "b", "whole": 0.6, "value": 0.2}
    >>> shared([row], "a", "b"), shared([row | {"value": 0.4}], "a", "b")
    (True, False)
    """
    return any(
        row["value"] is not None
        and abs(row["whole"]) >= SEEN_FROM
        and row["value"] * row["whole"] < LEFT * row["whole"] ** 2
        for row in rows
        if (row["from"], row["to"]) == (start, end)
    )
