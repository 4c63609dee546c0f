"""How high, and how far apart: the distribution of each thing that was measured, over
organisations. Imports numpy: for workers and commands.

Of five organisations or fewer there are counts and nothing else.
"""

from collections.abc import Mapping
from typing import Any

from evaluation.domain.variables import COUNT, Variable, observe_all
from evaluation.findings.inputs import Inputs
from evaluation.findings.rounding import Payload, rounded, turned
from evaluation.findings.scores import CHANGE, FOLLOW_UP
from evaluation.findings.standing import Standing
from evaluation.measures.shares import share
from evaluation.measures.spread import FEWEST_UNITS, Estimate, distribution

LEVELS = "levels"
RESAMPLES = 2_000
"""Enough for an interval: no p-value is given."""
USE = "use_of_knowledge"
STATISTICS = ("mean", "median", "sd", "iqr")


def levels_payload(
    inputs: Inputs, variables: Mapping[str, Variable], standing: Standing, *, seed: int
) -> Payload:
    """Everything of which there is a distribution, with its values."""
    of_rounds = [name for name in (FOLLOW_UP, CHANGE) if standing.now(name)]
    return {
        "kind": LEVELS,
        "seed": seed,
        "resamples": RESAMPLES,
        "levels": [
            *(_of_variable(inputs, each) for each in variables.values() if _is_level(each)),
            *(_of_scores(standing, name) for name in (*of_rounds, *standing.surveyed)),
        ],
    }


def _is_level(variable: Variable) -> bool:
    """Ordered, with one value an organisation; phases have a table of their own."""
    phase = variable.name.startswith("involved_in_")
    return variable.is_ordered and not variable.several and not phase


def _of_variable(inputs: Inputs, variable: Variable) -> Payload:
    seen = observe_all(variable, inputs.ground)
    values = [each.values[0] for each in seen.values() if each.values]
    return {
        "variable": variable.name,
        "order": list(variable.values) if variable.kind != COUNT else None,
        "values": [variable.rank(each) for each in values],
    }


def _of_scores(standing: Standing, name: str) -> Payload:
    return {"variable": name, "order": None, "values": list(standing.now(name).values())}


def judged_levels(payload: Payload) -> dict[str, Any]:
    """The distribution of each, as JSON."""
    named = {"seed": payload["seed"], "resamples": payload["resamples"]}
    return {"levels": [_level(each, **named) for each in payload["levels"] if each["values"]]}


def _level(asked: Payload, *, seed: int, resamples: int) -> dict[str, Any]:
    values, order = asked["values"], asked["order"]
    many = len(values) >= FEWEST_UNITS
    found = {
        "variable": asked["variable"],
        "order": order,
        "n": len(values),
        "shares": [
            _share(values.count(rank), len(values), word, many=many)
            for rank, word in enumerate(order or ())
        ],
        "reason": None if many else "few",
        **dict.fromkeys(("lowest", "highest", *STATISTICS)),
    }
    if not many or len(order or ()) == 2:  # of yes and no the shares say all
        return found
    return found | _statistics(values, seed, resamples)


def _statistics(values: list[float], seed: int, resamples: int) -> dict[str, Any]:
    found = distribution(values, seed=seed, resamples=resamples)
    return {
        "lowest": rounded(found.lowest),
        "highest": rounded(found.highest),
        **{name: _estimate(getattr(found, name)) for name in STATISTICS},
    }


def _estimate(found: Estimate) -> dict[str, Any]:
    interval = turned(found.interval, 1) if found.interval else None
    return {"value": rounded(found.value), "interval": interval}


def _share(count: int, n: int, value: str, *, many: bool) -> dict[str, Any]:
    found = share(count, n)
    interval = turned(found.interval, 1) if found.interval and many else None
    return {
        "value": value,
        "count": count,
        "n": n,
        "share": rounded(found.value) if many else None,
        "interval": interval,
    }


def uses_of_knowledge(inputs: Inputs, variables: Mapping[str, Variable]) -> list[dict[str, Any]]:
    """Of the organisations that were spoken with, how many use the knowledge in each way."""
    if USE not in variables:
        return []
    seen = observe_all(variables[USE], inputs.ground)
    asked = [
        set(seen[each.reference].values)
        for each in inputs.ground.participants
        if each.organisation_id in inputs.ground.spoken_with
    ]
    many = len(asked) >= FEWEST_UNITS
    return [
        _share(sum(value in each for each in asked), len(asked), value, many=many)
        for value in variables[USE].values
        if asked
    ]
