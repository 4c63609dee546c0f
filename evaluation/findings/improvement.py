"""Did the figures improve where something was done? Imports numpy: for workers and commands."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from evaluation.findings.backing import (
    RESAMPLES,
    Backing,
    Talk,
    backing_of,
    recorded,
    reservations_of,
)
from evaluation.findings.panels import Panel, first_acts
from evaluation.findings.rounding import Payload
from evaluation.measures.change import Difference, NoDifference, difference, estimate_of
from evaluation.measures.panel import NEVER, among, comparisons, within
from evaluation.measures.verdict import Verdict, judge
from learningcircles.evidence import ActionRow

INDICATOR = "indicator"


type Against = dict[str, Difference | NoDifference]


@dataclass(frozen=True, slots=True)
class Judged:
    """One indicator: its figures, the verdict, the first period after the act of each organisation
    (NEVER without one), and what stands behind the change."""

    panel: Panel
    verdict: Verdict
    starts: np.ndarray
    backing: Backing
    reference: list[bool] | None
    """Who may be compared with, where not all who never acted."""
    against: Against


def payloads_of(
    panels: Sequence[Panel],
    actions: Sequence[ActionRow],
    groups: Mapping[int, int] | None,
    talk: Talk,
    *,
    taking_part: frozenset[int],
    against_outside: bool = False,
    seed: int,
    resamples: int,
) -> list[Payload]:
    """What is to be judged, an indicator each. Who isn't `taking_part` is outside the benchmark;
    `against_outside`: only they are compared with."""
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
                "outside": [each not in taking_part for each in panel.organisations],
                "against_outside": against_outside,
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
    reference = payload["outside"] if payload["against_outside"] else None
    verdict = judge(
        values,
        starts,
        least=panel.least_change,
        groups=payload["groups"],
        reference=reference,
        noted=[*reservations_of(backing), *_noted(panel, values, starts, reference)],
        seed=payload["seed"],
        resamples=payload["resamples"],
    )
    return Judged(panel, verdict, starts, backing, reference, _against(values, starts, payload))


def _against(values: np.ndarray, starts: np.ndarray, payload: Payload) -> Against:
    """The difference against each kind of organisation that never acted, where there are both: who
    takes part and who is outside."""
    outside = payload["outside"]
    if not any(outside):
        return {}
    cells = within(comparisons(values, starts), payload["groups"])
    named = {"seed": payload["seed"], "resamples": RESAMPLES}
    return {
        "without_chain": difference(among(cells, [not each for each in outside]), **named),
        "outside": difference(among(cells, outside), **named),
    }


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


def _noted(
    panel: Panel, values: np.ndarray, starts: np.ndarray, reference: list[bool] | None
) -> list[str]:
    """`definition_changed`: not all figures stand under one definition; `disputed`: without the
    disputed figures less than half of the difference is left."""
    noted = ["definition_changed"] if len(set(panel.versions)) > 1 else []
    whole = estimate_of(among(comparisons(values, starts), reference))
    without = without_disputed(panel, starts, reference)
    if panel.disputed and whole is not None and (without is None or without < whole / 2):
        noted.append("disputed")
    return noted


def without_disputed(
    panel: Panel, starts: np.ndarray, reference: list[bool] | None
) -> float | None:
    """The difference without the disputed figures; None where there is none."""
    values = oriented(panel)
    for row, column in panel.disputed:
        values[row, column] = np.nan
    return estimate_of(among(comparisons(values, starts), reference))
