"""The framework of the studies with an arrow for each relation, and the rounds side by side.

Support, involvement, learning capacity and quality of information -> learning, follow-up, change;
learning -> follow-up -> change. An arrow that rests on one round and is among the relations of the
plan is that relation. All others are looked at over all rounds, compared within a round only, so
that a common trend is no relation. Imports numpy: for workers and commands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from evaluation.findings.claims import relation_grade
from evaluation.findings.family import CONDITIONS
from evaluation.findings.inputs import Inputs
from evaluation.findings.relations import relation_id
from evaluation.findings.rounding import Payload, rounded, turned
from evaluation.findings.scores import CHANGE, FOLLOW_UP, Scores, is_of_round
from evaluation.findings.standing import LEARNING, Standing
from evaluation.measures.association import NoAssociation
from evaluation.measures.correction import holm
from evaluation.measures.stratified import RESAMPLES, association_over_rounds

ARROW = "arrow"
ENDS = (*LEARNING, FOLLOW_UP, CHANGE)
ARROWS = (
    *((condition, end) for condition in CONDITIONS for end in ENDS),
    *((kind, FOLLOW_UP) for kind in LEARNING),
    (FOLLOW_UP, CHANGE),
)


def framework(standing: Standing, relations: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every arrow, with what its strength rests on under `asked`; see `with_strengths`."""
    scores = standing.scores
    known = {row["id"] for row in relations}
    found = []
    for start, end in ARROWS:
        relation = relation_id(start, end)
        if relation in known and _rounds(scores[start], scores[end]) <= 1:
            found.append({"from": start, "to": end, "relation": relation, "asked": None})
        else:
            found.append(_over_rounds(start, end, scores))
    return found


def arrow_payloads(arrows: Iterable[Mapping[str, Any]], *, seed: int) -> list[Payload]:
    """What is to be computed of them, an arrow each: any worker may do it."""
    more = {"kind": ARROW, "seed": seed, "resamples": RESAMPLES}
    return [more | arrow["asked"] for arrow in arrows if arrow["asked"]]


def judged_arrow(payload: Payload) -> dict[str, Any]:
    """The strength of one arrow as JSON."""
    x, y = (np.array(payload[name], dtype=float) for name in ("x", "y"))
    found = association_over_rounds(x, y, seed=payload["seed"], resamples=payload["resamples"])
    if isinstance(found, NoAssociation):
        return {"reason": found.reason}
    interval = turned(found.interval, 1) if found.interval else None
    return {"value": rounded(found.value), "interval": interval, "p": rounded(found.p)}


def with_strengths(
    arrows: Iterable[Mapping[str, Any]],
    judged: Iterable[Mapping[str, Any]],
    relations: Iterable[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """The arrows with their strengths, in the order of `arrow_payloads`; `p_adjusted` and `grade`
    come with the family."""
    each, rows = iter(judged), {row["id"]: row for row in relations}
    return [
        _as_relation(arrow["from"], arrow["to"], rows[arrow["relation"]])
        if arrow["relation"]
        else {name: value for name, value in arrow.items() if name != "asked"}
        | (dict(next(each)) if arrow["asked"] else {})
        for arrow in arrows
    ]


def _rounds(x: Scores, y: Scores) -> int:
    """In how many rounds both are known of anybody."""
    return int((np.isfinite(x) & np.isfinite(y)).any(axis=0).sum())


def _as_relation(start: str, end: str, row: Mapping[str, Any]) -> dict[str, Any]:
    found = row["association"] or {"value": None, "interval": None, "p": None}
    return {
        "from": start,
        "to": end,
        "relation": row["id"],
        "rounds": 1,
        "n": row["n"],
        "value": found["value"],
        "interval": found["interval"],
        "p": found["p"],
        "p_adjusted": None,
        "grade": "unsupported",
        "reason": row["association_reason"],
    }


def _over_rounds(start: str, end: str, scores: Mapping[str, Scores]) -> dict[str, Any]:
    x, y = scores[start], scores[end]
    both = np.isfinite(x) & np.isfinite(y)
    arrow = {
        "from": start,
        "to": end,
        "relation": None,
        "rounds": _rounds(x, y),
        "n": int(both.any(axis=1).sum()),
        **dict.fromkeys(("value", "interval", "p", "p_adjusted", "reason")),
        "grade": "unsupported",
        "asked": None,
    }
    if not both.any():
        return arrow | {"reason": "unknown"}
    return arrow | {"asked": {"x": _listed(x), "y": _listed(y)}}


def _listed(scores: Scores) -> list[list[float | None]]:
    return [[None if np.isnan(each) else each for each in row] for row in scores.tolist()]


def own_tests(arrows: Sequence[Mapping[str, Any]]) -> list[float]:
    """The p-values of arrows that are no relation of the plan: they belong to the family."""
    return [a["p"] for a in arrows if a["relation"] is None and a["p"] is not None]


def graded(
    arrows: Sequence[dict[str, Any]],
    relations: Sequence[Mapping[str, Any]],
    others: Sequence[float],
    *,
    in_family: bool,
) -> list[dict[str, Any]]:
    """The arrows with p corrected for the family that includes `others`, and their grades."""
    corrected = {row["id"]: row["p_holm"] for row in relations}
    own = iter(holm([*own_tests(arrows), *others]) if in_family else [])
    return [_graded(each, corrected, own) for each in arrows]


def _graded(
    arrow: dict[str, Any], corrected: Mapping[str, float | None], own: Iterator[float]
) -> dict[str, Any]:
    if arrow["relation"] is not None:
        p = corrected[arrow["relation"]]
    else:
        p = rounded(next(own, None)) if arrow["p"] is not None else None
    return arrow | {"p_adjusted": p, "grade": relation_grade(arrow["value"], p)}


# --- The rounds side by side --------------------------------------------------------------------


def compared_rounds(inputs: Inputs, standing: Standing) -> list[dict[str, Any]]:
    """What is known of each round, oldest first; one organisation counts once a round."""
    return [_round(inputs, place, standing.scores) for place in range(len(inputs.rounds))]


def _round(inputs: Inputs, place: int, scores: Mapping[str, Scores]) -> dict[str, Any]:
    ground = inputs.rounds[place]
    own = [a for a in inputs.actions if a.agreed_on and is_of_round(a, ground.cycle)]
    sessions = [s for s in inputs.sessions if s.cycle_id == ground.cycle.pk and s.state == "held"]
    waves = [wave for wave in inputs.waves if wave.cycle_id == ground.cycle.pk]
    return {
        "name": ground.cycle.name,
        "n": len(ground.participants),
        "levels": {name: _level(scores[name][:, place]) for name in (*CONDITIONS, *LEARNING)},
        "sessions": len(sessions),
        "agreed": len(own),
        "done": sum(each.status == "done" for each in own),
        "invited": sum(wave.invited for wave in waves),
        "submitted": None
        if not waves or any(wave.submitted is None for wave in waves)
        else sum(wave.submitted or 0 for wave in waves),
        "change": _level(scores[CHANGE][:, place]),
    }


def _level(column: np.ndarray) -> dict[str, Any]:
    """The mean rank (lowest 0) over those of whom it is known."""
    known = column[np.isfinite(column)]
    return {"mean": rounded(float(known.mean())) if len(known) else None, "n": len(known)}
