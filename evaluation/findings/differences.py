"""Differences between groups of organisations, and between rounds of the same ones. Imports numpy:
for workers and commands.

Size and interval always; p only where the plan has differences in its family, for one correction
covers all tests of a report. With five organisations or fewer there is nothing but the data.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.findings.claims import relation_grade
from evaluation.findings.inputs import Inputs
from evaluation.findings.rounding import Payload, rounded, turned
from evaluation.findings.scores import CHANGE
from evaluation.findings.standing import CONSTRUCT, MEASURED, Standing
from evaluation.measures.groups import Effect, NoEffect, kruskal_wallis, mann_whitney
from evaluation.measures.spread import FEWEST_UNITS, mean_interval
from evaluation.measures.waves import friedman, page, signed_rank

DIFFERENCE = "difference"
RESAMPLES = 2_000
TRAITS = ("size_class", "region")
ROUNDS = "rounds"
DIRECTED = frozenset({"rank_biserial", "ordered_trend"})
"""Measures whose sign says whether it rose."""


def difference_payload(inputs: Inputs, standing: Standing, *, seed: int) -> Payload:
    """Every difference that is looked at: each thing measured, by each trait and over rounds."""
    names = [name for name in (*MEASURED, *standing.surveyed) if standing.now(name)]
    asked = [_by_trait(inputs, standing, name, trait) for name in names for trait in TRAITS]
    over = [
        each
        for name in (*MEASURED, *standing.surveyed)
        if name != CHANGE  # a change is over rounds already
        for each in _over_rounds(standing, name)
    ]
    return {
        "kind": DIFFERENCE,
        "seed": seed,
        "resamples": RESAMPLES,
        "differences": [*(each for each in asked if each), *over],
    }


def _by_trait(inputs: Inputs, standing: Standing, name: str, trait: str) -> Payload | None:
    """The values by group, of groups that are large enough; None with fewer than two."""
    groups: dict[str, list[float]] = defaultdict(list)
    for organisation, value in sorted(standing.now(name).items()):
        groups[inputs.traits.get(organisation, {}).get(trait, "")].append(value)
    shown = large_groups(groups, inputs.ground.programme.minimum_organisations)
    if len(shown) < 2:
        return None
    left_out = sum(map(len, groups.values())) - sum(map(len, shown.values()))
    return _asked(name, trait, list(shown), list(shown.values()), left_out)


def large_groups(groups: Mapping[str, list[float]], minimum: int) -> dict[str, list[float]]:
    """Groups of so many organisations at least; and if those left out are together fewer than that,
    the smallest of the others too: with it, a total doesn't give them away.

    >>> large_groups({"a": [1.0] * 5, "b": [1.0] * 4, "c": [1.0] * 6, "": [1.0]}, 3).keys()
    dict_keys(['a', 'c'])
    """
    shown = {name: own for name, own in sorted(groups.items()) if name and len(own) >= minimum}
    hidden = sum(map(len, groups.values())) - sum(map(len, shown.values()))
    while shown and 0 < hidden < minimum:
        hidden += len(shown.pop(min(shown, key=lambda name: (len(shown[name]), name))))
    return shown


def _over_rounds(standing: Standing, name: str) -> Iterator[Payload]:
    """Two rounds: did it rise? More: did it rise, and does any round stand out?"""
    rounds, table = standing.over_rounds(name)
    if len(rounds) < 2:
        return
    yield _asked(name, ROUNDS, rounds, table.T.tolist(), 0)
    if len(rounds) > 2:
        yield _asked(name, ROUNDS, rounds, table.T.tolist(), 0) | {"measure": "kendalls_w"}


def _asked(
    name: str, by: str, groups: list[str], values: list[list[float]], left_out: int
) -> Payload:
    return {
        "variable": name,
        "by": by,
        "groups": groups,
        "values": values,
        "left_out": left_out,
        "measure": "",
    }


# --- Computing ----------------------------------------------------------------------------------


def judged_differences(payload: Payload) -> dict[str, Any]:
    """All of them as JSON, not corrected for the family yet; see `graded_differences`."""
    named = {"seed": payload["seed"], "resamples": payload["resamples"]}
    return {"differences": [_judged(each, **named) for each in payload["differences"]]}


def _judged(asked: Payload, *, seed: int, resamples: int) -> dict[str, Any]:
    found = _effect(asked, seed=seed, resamples=resamples)
    values = asked["values"]
    return {
        "id": _id(asked),
        "variable": asked["variable"],
        "by": asked["by"],
        "groups": [
            {"group": name, "n": len(own), "mean": _mean(own)}
            for name, own in zip(asked["groups"], values, strict=True)
        ],
        "left_out": asked["left_out"],
        "n": len(values[0]) if asked["by"] == ROUNDS else sum(map(len, values)),
        **_as_json(found),
    }


def _id(asked: Payload) -> str:
    name = asked["variable"].replace(CONSTRUCT, "construct-")
    return f"{name}-by-{asked['by']}{'-any' if asked['measure'] else ''}"


def _effect(asked: Payload, *, seed: int, resamples: int) -> Effect | NoEffect:
    values = asked["values"]
    named = {"seed": seed, "resamples": resamples}
    if asked["by"] == ROUNDS:
        if asked["measure"]:
            return friedman(list(zip(*values, strict=True)), **named)
        if len(values) == 2:
            return signed_rank(values[0], values[1], **named)
        return page(list(zip(*values, strict=True)), **named)
    if len(values) == 2:
        return mann_whitney(values[0], values[1], **named)
    return kruskal_wallis(values, **named)


def _mean(values: Sequence[float]) -> dict[str, Any] | None:
    """The mean of a group with its interval; of five or fewer, nothing."""
    if len(values) < FEWEST_UNITS:
        return None
    return {
        "value": rounded(sum(values) / len(values)),
        "interval": turned(mean_interval(values), 1),
    }


def _as_json(found: Effect | NoEffect) -> dict[str, Any]:
    names = ("measure", "value", "interval", "p", "method")
    if isinstance(found, NoEffect):
        return {**dict.fromkeys(names), "reason": found.reason}
    return {
        "measure": found.measure,
        "value": rounded(found.value),
        "interval": turned(found.interval, 1) if found.interval else None,
        "p": rounded(found.p),
        "method": found.method,
        "reason": None,
    }


# --- The family ---------------------------------------------------------------------------------


def tested_differences(rows: Sequence[Mapping[str, Any]]) -> list[float]:
    """Their p-values, in order."""
    return [row["p"] for row in rows if row["p"] is not None]


def graded_differences(
    rows: Sequence[Mapping[str, Any]], adjusted: Sequence[float]
) -> list[dict[str, Any]]:
    """With p corrected for the family, and the grade; outside the family (`adjusted` is empty) no p
    is told, and nothing is claimed."""
    each = iter(adjusted)
    return [_graded(row, next(each, None) if row["p"] is not None else None) for row in rows]


def _graded(row: Mapping[str, Any], p_adjusted: float | None) -> dict[str, Any]:
    value = row["value"]
    strength = value if value is None or row["measure"] in DIRECTED else abs(value)
    return {
        **row,
        "p": row["p"] if p_adjusted is not None else None,
        "p_adjusted": rounded(p_adjusted),
        "grade": relation_grade(strength, p_adjusted),
    }
