"""The relations that the report looks at, fixed beforehand, and what may be said of each."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from evaluation.domain.associations import SEVERAL, as_json, associate_ranks, ranks_of
from evaluation.domain.crosstabs import lay_beside, table_of
from evaluation.domain.ground import Ground
from evaluation.domain.variables import Variable
from evaluation.findings.family import CONDITIONS, OUTCOMES
from evaluation.findings.rounding import Payload
from evaluation.measures.correction import holm

SEEN_FROM = 0.3
"""A tau-b from here on is called a pattern; under it, none. For two normal variables it is a
correlation of sin(0.3 * pi / 2) = 0.45. It is a rule for words, not a test."""
LEVEL = 0.05
RELATION = "relation"

TOGETHER, OPPOSITE, NONE = "together", "opposite", "none"
WITHSTANDS, UNCORRECTED, CHANCE, UNTESTED = "withstands", "uncorrected", "chance", "untested"


def relation_id(condition: str, outcome: str) -> str:
    """The name of a relation in addresses."""
    return f"{outcome}-by-{condition}"


def relations(
    ground: Ground,
    variables: Mapping[str, Variable],
    *,
    conditions: Sequence[str] = CONDITIONS,
    outcomes: Sequence[str] = OUTCOMES,
) -> list[dict[str, Any]]:
    """The relations of the plan, as far as the programme has the variables: their tables, with
    what their association rests on under `asked`; see `related`."""
    pairs = [pair for pair in product(conditions, outcomes) if set(pair) <= set(variables)]
    return [_relation(ground, *pair) for pair in pairs]


def relation_payloads(found: Iterable[Mapping[str, Any]], *, seed: int) -> list[Payload]:
    """What is to be computed of them, a relation each: any worker may do it."""
    return [{"kind": RELATION, "seed": seed, **row["asked"]} for row in found if row["asked"]]


def judged_relation(payload: Payload) -> dict[str, Any]:
    """The association of one relation as JSON."""
    return as_json(associate_ranks(payload, seed=payload["seed"]))


def related(
    found: Iterable[dict[str, Any]], judged: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The relations with their associations, in the order of `relation_payloads`; not corrected
    yet."""
    each = iter(judged)
    return [
        {name: value for name, value in row.items() if name != "asked"}
        | (dict(next(each)) if row["asked"] else as_json(SEVERAL))
        for row in found
    ]


def correct(found: Sequence[dict[str, Any]], others: Sequence[float], *, in_family: bool) -> None:
    """Give each relation its p corrected for the family that includes `others`, and what may be
    said of it; without a family of their own they are not corrected and nothing is claimed."""
    tested = [row for row in found if row["association"] is not None]
    raw = [*(row["association"]["p"] for row in tested), *others]
    adjusted = holm(raw) if in_family else []
    for row, p in zip(tested, adjusted, strict=False):
        row["p_holm"] = round(p, 6)
    for row in found:
        row["pattern"] = pattern_of(row["association"])
        row["certainty"] = certainty_of(row["association"], row["p_holm"])


def _relation(ground: Ground, condition: str, outcome: str) -> dict[str, Any]:
    crosstab = lay_beside(ground, outcome, condition)
    return {
        "id": relation_id(condition, outcome),
        "condition": condition,
        "outcome": outcome,
        **table_of(crosstab),
        "association_reason": None,
        "p_holm": None,
        "association": None,
        "asked": ranks_of(crosstab),
    }


def pattern_of(association: Mapping[str, Any] | None) -> str | None:
    """What is seen in these organisations, whatever it would be in others.

    >>> pattern_of({"value": 0.4}), pattern_of({"value": -0.3}), pattern_of({"value": 0.29})
    ('together', 'opposite', 'none')
    """
    if association is None:
        return None
    if abs(association["value"]) < SEEN_FROM:
        return NONE
    return TOGETHER if association["value"] > 0 else OPPOSITE


def certainty_of(association: Mapping[str, Any] | None, p_holm: float | None) -> str:
    """Whether chance is a fair explanation of it.

    >>> certainty_of({"p": 0.01}, 0.08), certainty_of({"p": 0.001}, 0.008)
    ('uncorrected', 'withstands')
    """
    if association is None or p_holm is None:
        return UNTESTED
    if p_holm < LEVEL:
        return WITHSTANDS
    return UNCORRECTED if association["p"] < LEVEL else CHANCE


def verdicts(found: list[dict[str, Any]]) -> dict[str, str]:
    """For each condition, what its relations with all outcomes amount to.

    `shown`: goes together with every outcome; `partly`: with some; `opposite`: with none, and
    against at least one; `not_shown`: no pattern with any; `untested`: nothing could be computed.

    >>> verdicts([{"condition": "a", "pattern": "together"}, {"condition": "a", "pattern": "none"}])
    {'a': 'partly'}
    """
    patterns: dict[str, list[str | None]] = {}
    for row in found:
        patterns.setdefault(row["condition"], []).append(row["pattern"])
    return {condition: _verdict(seen) for condition, seen in patterns.items()}


def _verdict(seen: list[str | None]) -> str:
    computed = [pattern for pattern in seen if pattern is not None]
    if not computed:
        return "untested"
    if all(pattern == TOGETHER for pattern in computed):
        return "shown"
    if TOGETHER in computed:
        return "partly"
    return "opposite" if OPPOSITE in computed else "not_shown"
