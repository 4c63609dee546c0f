"""Did the figures improve where something was done? Imports numpy: for workers and commands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.findings.backing import Backing, Talk, backing_of, reservations_of
from evaluation.findings.panels import Panel, first_acts
from evaluation.measures.change import estimate_of
from evaluation.measures.panel import NEVER, comparisons
from evaluation.measures.verdict import Verdict, judge
from learningcircles.evidence import ActionRow


@dataclass(frozen=True, slots=True)
class Judged:
    """One indicator: its figures, the verdict, the first act of each organisation on it, and what
    stands behind the change."""

    panel: Panel
    verdict: Verdict
    acts: dict[int, ActionRow]
    backing: Backing


def improvement(
    panels: Sequence[Panel],
    actions: Sequence[ActionRow],
    groups: Mapping[int, int] | None,
    talk: Talk,
    *,
    seed: int,
    resamples: int,
    step: Callable[[int], None],
) -> list[Judged]:
    """The verdict on each indicator."""
    found = []
    indicator_of = {figure: place.indicator_id for figure, place in talk.figures.items()}
    for number, panel in enumerate(panels, start=1):
        acts = first_acts(panel.indicator_id, actions, indicator_of)
        found.append(judged(panel, acts, groups, talk, seed=seed, resamples=resamples))
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


def judged(
    panel: Panel,
    acts: dict[int, ActionRow],
    groups: Mapping[int, int] | None,
    talk: Talk,
    *,
    seed: int,
    resamples: int,
) -> Judged:
    """The verdict on one indicator."""
    values, starts = oriented(panel), starts_of(panel, acts)
    backing = backing_of(panel, values, starts, acts, talk, seed=seed)
    verdict = judge(
        values,
        starts,
        least=panel.least_change,
        groups=[groups.get(each, -1) for each in panel.organisations] if groups else None,
        noted=[*reservations_of(backing), *_noted(panel, values, starts)],
        seed=seed,
        resamples=resamples,
    )
    return Judged(panel, verdict, acts, backing)


def _noted(panel: Panel, values: np.ndarray, starts: np.ndarray) -> list[str]:
    """`definition_changed`: not all figures stand under one definition; `disputed`: without the
    disputed figures less than half of the difference is left."""
    noted = ["definition_changed"] if len(set(panel.versions)) > 1 else []
    whole, without = estimate_of(comparisons(values, starts)), without_disputed(panel, starts)
    if panel.disputed and whole is not None and (without is None or without < whole / 2):
        noted.append("disputed")
    return noted


def without_disputed(panel: Panel, starts: np.ndarray) -> float | None:
    """The difference without the disputed figures; None where there is none."""
    values = oriented(panel)
    for row, column in panel.disputed:
        values[row, column] = np.nan
    return estimate_of(comparisons(values, starts))
