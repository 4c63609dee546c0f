"""Did the figures improve where something was done? Imports numpy: for workers and commands."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from evaluation.findings.backing import Backing, Talk, backing_of, recorded, reservations_of
from evaluation.findings.panels import Panel, first_acts
from evaluation.findings.rounding import Payload
from evaluation.measures.change import estimate_of
from evaluation.measures.panel import NEVER, comparisons
from evaluation.measures.verdict import Verdict, judge
from learningcircles.evidence import ActionRow

INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Judged:
    """One indicator: its figures, the verdict, the first period after the act of each organisation
    (NEVER without one), and what stands behind the change."""

    panel: Panel
    verdict: Verdict
    starts: np.ndarray
    backing: Backing


def payloads_of(
    panels: Sequence[Panel],
    actions: Sequence[ActionRow],
    groups: Mapping[int, int] | None,
    talk: Talk,
    *,
    seed: int,
    resamples: int,
) -> list[Payload]:
    """What is to be judged, an indicator each."""
    indicator_of = {figure: place.indicator_id for figure, place in talk.figures.items()}
    acts_on = first_acts(actions, indicator_of)
    found = []
    for panel in panels:
        acts = acts_on.get(panel.indicator_id, {})
        starts = starts_of(panel, acts)
        found.append(
            {
                "kind": INDICATOR,
                "panel": asdict(panel),
                "starts": starts.tolist(),
                "groups": [groups.get(each, -1) for each in panel.organisations]
                if groups
                else None,
                "backing": recorded(panel, starts, acts, talk),
                "seed": seed,
                "resamples": resamples,
            }
        )
    return found


def judged(payload: Payload) -> Judged:
    """The verdict on one indicator."""
    panel, starts = Panel(**payload["panel"]), np.array(payload["starts"], dtype=int)
    values = oriented(panel)
    backing = backing_of(values, starts, payload["backing"], seed=payload["seed"])
    verdict = judge(
        values,
        starts,
        least=panel.least_change,
        groups=payload["groups"],
        noted=[*reservations_of(backing), *_noted(panel, values, starts)],
        seed=payload["seed"],
        resamples=payload["resamples"],
    )
    return Judged(panel, verdict, starts, backing)


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
