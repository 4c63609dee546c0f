"""What each organisation has on what is measured, in each round: the ground of levels, differences
and partial relations. Imports numpy: for workers and commands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evaluation.findings.family import CONDITIONS, OUTCOMES
from evaluation.findings.inputs import Inputs
from evaluation.findings.rounding import rounded
from evaluation.findings.scores import CHANGE, FOLLOW_UP, Scores, scores_of
from surveys.evidence import ConstructRow

LEARNING = OUTCOMES
FRAMEWORK = (*CONDITIONS, *LEARNING, FOLLOW_UP, CHANGE)
MEASURED = (*CONDITIONS, *LEARNING, "political_learning", FOLLOW_UP, CHANGE)
CONSTRUCT = "construct:"
"""Before the code of a construct of the survey, in names of what was measured."""


@dataclass(frozen=True)
class Standing:
    """`scores` have a row an organisation and a column a round of `rounds`, nan where unknown."""

    organisations: list[int]
    rounds: list[str]
    scores: dict[str, Scores]
    surveyed: dict[str, "Surveyed"]

    def now(self, name: str) -> dict[int, float]:
        """What is known of each organisation in this round, or in the newest wave."""
        if name in self.surveyed:
            return self.surveyed[name].newest
        column = self.scores[name][:, -1]
        pairs = zip(self.organisations, column.tolist(), strict=True)
        return {organisation: value for organisation, value in pairs if np.isfinite(value)}

    def over_rounds(self, name: str) -> tuple[list[str], Scores]:
        """The rounds in which it is known of anybody, or the waves with the same statements, and
        the organisations of which it is known in all of them."""
        if name in self.surveyed:
            return self.surveyed[name].over_waves()
        scores = self.scores[name]
        some = np.isfinite(scores).any(axis=0)
        rounds = [each for each, known in zip(self.rounds, some, strict=True) if known]
        kept = scores[:, some]
        return rounds, kept[np.isfinite(kept).all(axis=1)]


@dataclass(frozen=True)
class Surveyed:
    """A construct of the survey: the mean of each organisation of which it may be shown, in each
    closed wave that asked the same statements as the newest, oldest first."""

    label_nl: str
    label_en: str
    waves: dict[str, dict[int, float]]

    @property
    def newest(self) -> dict[int, float]:
        """Those of the newest wave."""
        return list(self.waves.values())[-1]

    def over_waves(self) -> tuple[list[str], Scores]:
        """The waves, and the organisations of which it may be shown in all of them."""
        own = list(self.waves.values())
        known = sorted(set.intersection(*(set(each) for each in own)))
        table = [[wave[organisation] for wave in own] for organisation in known]
        return list(self.waves), np.array(table, dtype=float).reshape(len(known), len(own))


def standing_of(inputs: Inputs) -> Standing:
    """Everything that is measured of organisations."""
    organisations = sorted({p.organisation_id for g in inputs.rounds for p in g.participants})
    return Standing(
        organisations=organisations,
        rounds=[each.cycle.name for each in inputs.rounds],
        scores=scores_of(MEASURED, inputs.rounds, organisations, inputs.actions, inputs.panels),
        surveyed=_surveyed(inputs.constructs),
    )


def _surveyed(rows: Iterable[ConstructRow]) -> dict[str, Surveyed]:
    """By name; rows come in the order of their waves."""
    found: dict[str, list[ConstructRow]] = defaultdict(list)
    for row in rows:
        if row.breakdown == "organisation":
            found[f"{CONSTRUCT}{row.construct}"].append(row)
    return {name: _of_rows(own) for name, own in found.items()}


def _of_rows(rows: list[ConstructRow]) -> Surveyed:
    last = rows[-1]
    waves: dict[int, dict[int, float]] = defaultdict(dict)
    names: dict[int, str] = {}
    for row in rows:
        if row.statements == last.statements:
            waves[row.wave_id][int(row.group)] = row.mean
            names[row.wave_id] = row.wave
    called = _apart(names)
    return Surveyed(last.label_nl, last.label_en, {called[pk]: waves[pk] for pk in waves})


def _apart(names: Mapping[int, str]) -> dict[int, str]:
    """The name of each wave; with a number where two have the same."""
    listed = list(names.values())
    return {
        pk: name if listed.count(name) == 1 else f"{name} ({place})"
        for place, (pk, name) in enumerate(names.items(), start=1)
    }


# --- In the result ------------------------------------------------------------------------------


def surveyed(inputs: Inputs, standing: Standing) -> dict[str, Any]:
    """What the constructs of the survey are called, and what each role and department says in the
    newest wave. No more than shown: their respondents are of several organisations, and those of
    one organisation are no independent cases, so nothing is computed between them."""
    last = inputs.constructs[-1].wave_id if inputs.constructs else None
    return {
        "constructs": {
            name: {"nl": each.label_nl, "en": each.label_en}
            for name, each in standing.surveyed.items()
        },
        "respondents": [
            {
                "variable": f"{CONSTRUCT}{row.construct}",
                "breakdown": row.breakdown,
                "group": row.group,
                "n": row.n,
                "mean": rounded(row.mean),
            }
            for row in inputs.constructs
            if row.wave_id == last and row.breakdown != "organisation"
        ],
    }


def by_round(inputs: Inputs, standing: Standing) -> dict[str, dict[str, dict[str, float]]]:
    """By what was measured, round and organisation: what the differences between rounds rest on.
    Only of organisations that the result names, and where there is more than one round."""
    found = {}
    for name in standing.scores:
        scores = standing.scores[name]
        rounds = {
            each: _named(inputs, standing.organisations, scores[:, place])
            for place, each in enumerate(standing.rounds)
        }
        if sum(map(bool, rounds.values())) > 1:
            found[name] = {each: own for each, own in rounds.items() if own}
    return found


def _named(inputs: Inputs, organisations: list[int], column: Scores) -> dict[str, float]:
    return {
        inputs.reference_of[organisation]: float(value)
        for organisation, value in zip(organisations, column.tolist(), strict=True)
        if np.isfinite(value) and organisation in inputs.reference_of
    }
