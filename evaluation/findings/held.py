"""The arrows of the framework with what a third thing has in common with both ends taken out.
Imports numpy: for workers and commands.

Held is what stands beside the start of an arrow or before it: the other conditions, and for change
also learning. One at a time, for few organisations can't carry more.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from evaluation.findings.family import CONDITIONS
from evaluation.findings.rounding import Payload, rounded, turned
from evaluation.findings.scores import FOLLOW_UP
from evaluation.findings.standing import FRAMEWORK, LEARNING, Standing
from evaluation.measures.association import NoAssociation
from evaluation.measures.partial import RESAMPLES, Partials

PARTIAL = "partial"


def held_of(start: str) -> tuple[str, ...]:
    """What is held, one at a time, for the arrows that begin here."""
    before = (*CONDITIONS, *LEARNING) if start == FOLLOW_UP else CONDITIONS
    return tuple(name for name in before if name != start)


def partial_payload(
    standing: Standing, arrows: Iterable[Mapping[str, Any]], *, seed: int, tested: bool
) -> Payload:
    """Every arrow with each thing that is held; p only where the plan tests them."""
    known = {name: standing.scores[name] for name in FRAMEWORK}
    some = {name for name, scores in known.items() if np.isfinite(scores).any()}
    asked = [
        [arrow["from"], arrow["to"], third]
        for arrow in arrows
        for third in held_of(arrow["from"])
        if {arrow["from"], arrow["to"], third} <= some
    ]
    return {
        "kind": PARTIAL,
        "seed": seed,
        "resamples": RESAMPLES,
        "tested": tested,
        "asked": asked,
        "scores": {name: _listed(known[name]) for name in FRAMEWORK if name in some},
    }


def _listed(scores: np.ndarray) -> list[list[float | None]]:
    return [[None if np.isnan(each) else each for each in row] for row in scores.tolist()]


def judged_partials(payload: Payload) -> dict[str, Any]:
    """All of them as JSON, not corrected for the family yet."""
    scores = {name: np.array(rows, dtype=float) for name, rows in payload["scores"].items()}
    partials = Partials(scores, seed=payload["seed"], resamples=payload["resamples"])
    return {
        "partial": [
            _judged(partials, *names, tested=payload["tested"]) for names in payload["asked"]
        ]
    }


def _judged(
    partials: Partials, start: str, end: str, third: str, *, tested: bool
) -> dict[str, Any]:
    found = partials.of(start, end, third, tested=tested)
    about = {"from": start, "to": end, "held": third, "p_adjusted": None}
    if isinstance(found, NoAssociation):
        names = ("whole", "value", "interval", "p", "n")
        return about | {**dict.fromkeys(names), "reason": found.reason}
    return about | {
        "whole": rounded(found.whole),
        "value": rounded(found.value),
        "interval": turned(found.interval, 1) if found.interval else None,
        "p": rounded(found.p),
        "n": found.n,
        "reason": None,
    }


def tested_partials(rows: Sequence[Mapping[str, Any]]) -> list[float]:
    """Their p-values, in order."""
    return [row["p"] for row in rows if row["p"] is not None]


def corrected_partials(
    rows: Sequence[Mapping[str, Any]], adjusted: Sequence[float]
) -> list[dict[str, Any]]:
    """With p corrected for the family."""
    each = iter(adjusted)
    return [
        {**row, "p_adjusted": rounded(next(each, None)) if row["p"] is not None else None}
        for row in rows
    ]
