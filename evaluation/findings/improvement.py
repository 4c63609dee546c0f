"""Did the figures improve where something was done? Imports numpy: for workers and commands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from evaluation.findings.panels import Panel, first_acts, indicators_of_figures
from evaluation.findings.rounding import rounded, turned
from evaluation.measures.change import Difference, NoDifference, estimate_of
from evaluation.measures.correction import holm
from evaluation.measures.panel import NEVER, comparisons
from evaluation.measures.power import least_to_be_found
from evaluation.measures.series import interrupted
from evaluation.measures.shares import share
from evaluation.measures.verdict import Verdict, grade, judge
from learningcircles.evidence import ActionRow

LONG = 8
"""From so many periods on, the series is looked at as interrupted, too."""


def improvement(
    panels: Sequence[Panel],
    actions: Sequence[ActionRow],
    groups: Mapping[int, int] | None,
    *,
    seed: int,
    resamples: int,
    step: Callable[[int], None],
) -> list[tuple[Panel, Verdict, dict[int, ActionRow]]]:
    """The verdict on each indicator, with the first act of each organisation on it."""
    of_figures, found = indicators_of_figures(actions), []
    for number, panel in enumerate(panels, start=1):
        acts = first_acts(panel.indicator_id, actions, of_figures)
        found.append((panel, _judged(panel, acts, groups, seed, resamples), acts))
        step(5 + 45 * number // len(panels))
    return found


def oriented(panel: Panel) -> np.ndarray:
    """The values with up as better, nan where unknown."""
    values = np.array(panel.values, dtype=float).reshape(len(panel.organisations), -1)
    return -values if panel.better == "lower" else values


def starts_of(panel: Panel, acts: Mapping[int, ActionRow]) -> np.ndarray:
    """The first period after the first act of each organisation, NEVER without one."""
    return np.array(
        [
            panel.first_after(acts[each].done_on) if each in acts else NEVER  # type: ignore[arg-type]
            for each in panel.organisations
        ],
        dtype=int,
    )


def _judged(
    panel: Panel,
    acts: Mapping[int, ActionRow],
    groups: Mapping[int, int] | None,
    seed: int,
    resamples: int,
) -> Verdict:
    values, starts = oriented(panel), starts_of(panel, acts)
    return judge(
        values,
        starts,
        least=panel.least_change,
        groups=[groups.get(each, -1) for each in panel.organisations] if groups else None,
        noted=_noted(panel, values, starts),
        seed=seed,
        resamples=resamples,
    )


def _noted(panel: Panel, values: np.ndarray, starts: np.ndarray) -> list[str]:
    """`definition_changed`: not all figures stand under one definition; `disputed`: without the
    disputed figures less than half of the difference is left."""
    noted = ["definition_changed"] if len(set(panel.versions)) > 1 else []
    whole, without = estimate_of(comparisons(values, starts)), _without_disputed(panel, starts)
    if panel.disputed and whole is not None and (without is None or without < whole / 2):
        noted.append("disputed")
    return noted


def _without_disputed(panel: Panel, starts: np.ndarray) -> float | None:
    values = oriented(panel)
    for row, column in panel.disputed:
        values[row, column] = np.nan
    return estimate_of(comparisons(values, starts))


def as_rows(
    judged: Iterable[tuple[Panel, Verdict, dict[int, ActionRow]]],
    *,
    in_family: bool,
    others: Sequence[float],
) -> list[dict[str, Any]]:
    """The verdicts as a run keeps them, with p corrected for the family that includes `others`."""
    listed = list(judged)
    tested = [verdict.p for _panel, verdict, _acts in listed if verdict.p is not None]
    adjusted = iter(holm([*tested, *others]) if in_family else [])
    return [
        _row(panel, verdict, acts, next(adjusted, None) if verdict.p is not None else None)
        for panel, verdict, acts in listed
    ]


def _row(
    panel: Panel, verdict: Verdict, acts: Mapping[int, ActionRow], p_adjusted: float | None
) -> dict[str, Any]:
    """One indicator. Differences are in the figure's own unit and direction: where lower is
    better, an improvement is negative."""
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
        "p_adjusted": rounded(p_adjusted),
        "grade": grade(verdict, p_adjusted),
        "rivals": _rivals(verdict, p_adjusted),
        "pre_trend": _trend(verdict, sign),
        "sensitivity": _sensitivity(panel, verdict, acts, sign),
        "levelling": _levelling(verdict, sign),
        "regression": _regression(verdict, sign),
        "least_found": _least_found(panel, verdict, acts),
        "from_session": sum(
            act.session_id is not None or act.signal_id is not None for act in acts.values()
        ),
        "chains": len(acts),
        "changed": dict(zip(map(str, panel.organisations), verdict.changed, strict=True)),
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


def _rivals(verdict: Verdict, p_adjusted: float | None) -> list[str]:
    """Chance is a rival after the correction, too."""
    by_chance = verdict.p is not None and (p_adjusted is None or p_adjusted >= 0.05)
    first = ["chance"] if by_chance and "chance" not in verdict.rivals else []
    return [*first, *verdict.rivals]


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


def _sensitivity(
    panel: Panel, verdict: Verdict, acts: Mapping[int, ActionRow], sign: int
) -> dict[str, float | None]:
    """The same difference under other assumptions; None where it can't be computed."""
    values, starts = oriented(panel), starts_of(panel, acts)
    whole = np.isfinite(values).all(axis=1)
    same = np.array(panel.versions) == max(panel.versions)
    under_one = np.where(same[None, :], values, np.nan)
    found = verdict.difference
    estimates = {
        "plain": verdict.plain,
        "last_figure": verdict.strict,
        "without_one": found.lowest_without_one if isinstance(found, Difference) else None,
        "no_gaps": estimate_of(comparisons(values[whole], starts[whole])),
        "undisputed": _without_disputed(panel, starts),
        "same_definition": estimate_of(comparisons(under_one, starts)),
    }
    if len(panel.periods) >= LONG:
        estimates["interrupted"] = estimate_of(interrupted(values, starts))
    return {
        name: rounded(sign * value) if value is not None else None
        for name, value in estimates.items()
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


def _least_found(panel: Panel, verdict: Verdict, acts: Mapping[int, ActionRow]) -> float | None:
    """The change that would have been found with a chance of 80%, in the unit of the figure."""
    found, expected = verdict.difference, verdict.expected
    cut = [start for start in starts_of(panel, acts).tolist() if 0 < start < len(panel.periods)]
    if not isinstance(found, Difference) or expected is None or not cut:
        return None
    at = max(sorted(set(cut)), key=cut.count)
    reliability = min(expected.reliability, 0.99)
    after = len(panel.periods) - at
    least = least_to_be_found(found.acted, found.reference, reliability, at, after)
    values = oriented(panel)[:, at - 1]
    spread = float(np.nanstd(values, ddof=1))
    return rounded(least * spread) if least is not None and np.isfinite(spread) else None
