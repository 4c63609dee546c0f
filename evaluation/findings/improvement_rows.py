"""The verdicts on indicators as a run keeps them. Imports numpy: for workers and commands."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from evaluation.findings.backing import Backing, Supported
from evaluation.findings.improvement import Judged, judged, oriented, without_disputed
from evaluation.findings.rounding import Payload, rounded, turned
from evaluation.measures.change import Difference, NoDifference, estimate_of
from evaluation.measures.correction import holm
from evaluation.measures.panel import NEVER, among, comparisons
from evaluation.measures.power import least_to_be_found
from evaluation.measures.series import interrupted
from evaluation.measures.shares import share
from evaluation.measures.verdict import LEVEL, UNSUPPORTED, Verdict, grade

INTERNAL = frozenset({"exact_p", "grade_if_firm"})
LONG = 8
"""From so many periods on, the series is looked at as interrupted, too."""


def judged_row(payload: Payload) -> dict[str, Any]:
    """The verdict on one indicator as JSON, not corrected for its family yet (`graded_rows`)."""
    return dict(json.loads(json.dumps(_row(judged(payload)))))


def graded_rows(
    rows: Iterable[Mapping[str, Any]],
    reference_of: Mapping[int, str],
    *,
    in_family: bool,
    others: Sequence[float],
) -> list[dict[str, Any]]:
    """The verdicts as a run keeps them, with p corrected for the family that includes `others`;
    `reference_of` says how an organisation is called in the result."""
    listed = list(rows)
    adjusted = iter(holm([*tested(listed), *others]) if in_family else [])
    return [
        _graded(row, reference_of, next(adjusted, None) if row["exact_p"] is not None else None)
        for row in listed
    ]


def tested(rows: Iterable[Mapping[str, Any]]) -> list[float]:
    """The p-values of indicators that could be tested, as they were computed."""
    return [row["exact_p"] for row in rows if row["exact_p"] is not None]


def _graded(
    row: Mapping[str, Any], reference_of: Mapping[int, str], p_adjusted: float | None
) -> dict[str, Any]:
    """With what follows from the corrected p: the grade, and chance as a rival."""
    firm = p_adjusted is not None and p_adjusted < LEVEL
    by_chance = row["exact_p"] is not None and not firm
    first = ["chance"] if by_chance and "chance" not in row["rivals"] else []
    found = {name: value for name, value in row.items() if name not in INTERNAL}
    return found | {
        "p_adjusted": rounded(p_adjusted),
        "grade": row["grade_if_firm"] if firm else UNSUPPORTED,
        "rivals": [*first, *row["rivals"]],
        "groups": {
            name: [reference_of.get(unit, str(unit)) for unit in units]
            for name, units in row["groups"].items()
        },
        "acted_from": {
            reference_of.get(int(unit), unit): start for unit, start in row["acted_from"].items()
        },
    }


def _row(judged: Judged) -> dict[str, Any]:
    """One indicator. Differences are in the figure's own unit and direction: where lower is
    better, an improvement is negative."""
    panel, verdict = judged.panel, judged.verdict
    sign = -1 if panel.better == "lower" else 1
    counts = verdict.counts
    return {
        "indicator": panel.indicator,
        "meaning": panel.meaning,
        "meaning_en": panel.meaning_en,
        "unit": panel.unit,
        "unit_en": panel.unit_en,
        "better": panel.better,
        "least_change": rounded(verdict.least),
        "periods": list(panel.periods),
        "n": verdict.n,
        "with_chain": counts.with_chain,
        "without_chain": counts.without_chain,
        "chain_only": counts.chain_only,
        "neither": counts.neither,
        "changed_with": _share(counts.with_chain, counts.chain_only),
        "changed_without": _share(counts.without_chain, counts.neither),
        **_tested(verdict.difference, sign),
        "exact_p": verdict.p,
        "grade_if_firm": grade(verdict, 0.0),
        "rivals": list(verdict.rivals),
        "pre_trend": _trend(verdict, sign),
        "sensitivity": _sensitivity(judged, sign),
        "against": _against(judged, sign),
        "levelling": _levelling(verdict, sign),
        "regression": _regression(verdict, sign),
        "least_found": _least_found(judged),
        "chains": judged.backing.acts,
        "groups": _groups(judged),
        "acted_from": _acted_from(judged),
        **_backing(judged.backing, sign),
    }


def _groups(judged: Judged) -> dict[str, list[int]]:
    """Who is in which of the four; only for who may see the names."""
    names: dict[tuple[bool, bool], str] = {
        (True, True): "with_chain",
        (True, False): "without_chain",
        (False, True): "chain_only",
        (False, False): "neither",
    }
    found: dict[str, list[int]] = {name: [] for name in names.values()}
    units = zip(judged.panel.organisations, judged.verdict.changed, judged.starts, strict=True)
    for unit, changed, start in units:
        if changed is not None:
            found[names[changed, bool(start != NEVER)]].append(unit)
    return found


def _acted_from(judged: Judged) -> dict[str, int]:
    """The place of the first period after the act, of each organisation that acted."""
    starts = zip(judged.panel.organisations, judged.starts.tolist(), strict=True)
    return {str(unit): start for unit, start in starts if start != NEVER}


def _backing(backing: Backing, sign: int) -> dict[str, Any]:
    """What stands behind the change; nothing of it is a test."""
    return {
        "complete_chains": backing.complete,
        "read_afterwards": backing.read,
        "named_in_survey": dict(backing.in_survey),
        "named_in_interviews": dict(backing.in_interviews),
        "by_support": _supported(backing.by_support, sign),
        "by_involvement": _supported(backing.by_involvement, sign),
    }


def _supported(found: Supported | None, sign: int) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "difference": rounded(sign * found.difference.estimate),
        "interval": turned(found.difference.interval, sign),
        "with": found.with_it,
        "without": found.without_it,
    }


def _tested(found: Difference | NoDifference, sign: int) -> dict[str, Any]:
    """The difference with its interval and p, or why there is none."""
    if isinstance(found, NoDifference):
        names = ("difference", "interval", "p", "acted", "reference", "method")
        return {**dict.fromkeys(names), "reason": found.reason}
    return {
        "difference": rounded(sign * found.estimate),
        "interval": turned(found.interval, sign),
        "p": rounded(found.p),
        "acted": found.acted,
        "reference": found.reference,
        "method": found.method,
        "reason": None,
    }


def _share(yes: int, no: int) -> dict[str, Any]:
    found = share(yes, yes + no)
    return {
        "count": found.count,
        "n": found.n,
        "share": rounded(found.value),
        "interval": turned(found.interval, 1) if found.interval else None,
    }


def _trend(verdict: Verdict, sign: int) -> dict[str, Any] | None:
    """How much those who acted stood above the others earlier, with the same last figure before."""
    found = verdict.pre_trend
    if isinstance(found, NoDifference):
        return None
    return {
        "difference": rounded(sign * found.estimate),
        "interval": turned(found.interval, sign),
        "p": rounded(found.p),
    }


def _sensitivity(judged: Judged, sign: int) -> dict[str, float | None]:
    """The same difference under other assumptions; None where it can't be computed."""
    panel, verdict, starts = judged.panel, judged.verdict, judged.starts
    values = oriented(panel)
    whole = np.isfinite(values).all(axis=1)
    same = np.array(panel.versions) == max(panel.versions)
    under_one = np.where(same[None, :], values, np.nan)
    found = verdict.difference
    estimates = {
        "plain": verdict.plain,
        "last_figure": verdict.strict,
        "without_one": found.lowest_without_one if isinstance(found, Difference) else None,
        "no_gaps": estimate_of(
            among(comparisons(values[whole], starts[whole]), kept(judged.reference, whole))
        ),
        "undisputed": without_disputed(panel, starts, judged.reference),
        "same_definition": estimate_of(among(comparisons(under_one, starts), judged.reference)),
    }
    if len(panel.periods) >= LONG:
        estimates["interrupted"] = estimate_of(among(interrupted(values, starts), judged.reference))
    return {
        name: rounded(sign * value) if value is not None else None
        for name, value in estimates.items()
    }


def kept(reference: list[bool] | None, rows: np.ndarray) -> list[bool] | None:
    """The same for some of the organisations."""
    return None if reference is None else np.asarray(reference)[rows].tolist()


def _against(judged: Judged, sign: int) -> dict[str, dict[str, Any]]:
    """The difference with its interval against each kind of organisation apart; no test."""
    return {
        name: {
            each: value
            for each, value in _tested(found, sign).items()
            if each in ("difference", "interval", "acted", "reference", "reason")
        }
        for name, found in judged.against.items()
    }


def _levelling(verdict: Verdict, sign: int) -> dict[str, Any] | None:
    found = verdict.levelling
    if found is None:
        return None
    moved = {"mean": (found.mean, sign), "spread": (found.spread, 1), "best": (found.best, sign)}
    return {
        "n": found.n,
        "levelled": found.levelled,
        **{
            name: {
                "before": rounded(way * each.before),
                "after": rounded(way * each.after),
                "change": rounded(way * each.change),
                "interval": turned(each.interval, way) if each.interval else None,
            }
            for name, (each, way) in moved.items()
        },
    }


def _regression(verdict: Verdict, sign: int) -> dict[str, Any] | None:
    found = verdict.expected
    if found is None:
        return None
    return {"reliability": rounded(found.reliability), "expected": rounded(sign * found.expected)}


def _least_found(judged: Judged) -> float | None:
    """The change that would have been found with a chance of 80%, in the unit of the figure."""
    panel = judged.panel
    found, expected = judged.verdict.difference, judged.verdict.expected
    cut = [start for start in judged.starts.tolist() if 0 < start < len(panel.periods)]
    if not isinstance(found, Difference) or expected is None or not cut:
        return None
    at = max(sorted(set(cut)), key=cut.count)
    reliability = min(expected.reliability, 0.99)
    after = len(panel.periods) - at
    least = least_to_be_found(found.acted, found.reference, reliability, at, after)
    values = oriented(panel)[:, at - 1]
    spread = float(np.nanstd(values, ddof=1))
    return rounded(least * spread) if least is not None and np.isfinite(spread) else None
