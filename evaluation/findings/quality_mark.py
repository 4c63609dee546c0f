"""The quality mark (VNG/SGBO): ten hard and three soft requirements, from a programme's records.

A requirement is met, not met, or unknown (None) where no record could tell. `evidence`
is a code with its numbers; the words follow at display.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.findings.inputs import Inputs
from evaluation.findings.rounding import rounded

INTERPRETATION = ("interpretation", "joint_interpretation")
A_YEAR = 366
"""Days, at most."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found, and the kind of page on which it can be seen."""

    met: bool | None
    evidence: str
    numbers: Mapping[str, Any]
    page: str = "programme"


def quality_mark(inputs: Inputs) -> list[dict[str, Any]]:
    """All thirteen, hard ones first."""
    found = []
    for requirement, (hard, judge) in REQUIREMENTS.items():
        judged = judge(inputs)
        found.append(
            {
                "requirement": requirement,
                "hard": hard,
                "met": judged.met,
                "evidence": judged.evidence,
                "numbers": dict(judged.numbers),
                "page": judged.page,
            }
        )
    return found


# --- Hard ---------------------------------------------------------------------------------------


def _judged_well(inputs: Inputs) -> Judged:
    """The mean over statements of closed waves, on the five-point scale."""
    means = [row.mean for row in inputs.items if row.mean is not None]
    wanted = inputs.plan.document["judged_well_from"]
    if not means:
        return Judged(None, "no_results", {}, "waves")
    mean = sum(means) / len(means)
    return Judged(mean >= wanted, "mean", {"mean": rounded(mean), "wanted": wanted}, "waves")


def _own_data(inputs: Inputs) -> Judged:
    records = inputs.records
    if not records.has_ownership:
        return Judged(None, "no_charter", {})
    return _consents(inputs)


def _consents(inputs: Inputs) -> Judged:
    records = inputs.records
    numbers = {"yes": records.consents, "of": records.consents + records.to_consent}
    return Judged(records.consents > 0 and not records.to_consent, "consents", numbers)


def _involved_in(phase: str, otherwise: Callable[[Inputs], Judged] | None = None) -> Any:
    """Met when at least half of those of whom it is known had a hand in the phase."""

    def judge(inputs: Inputs) -> Judged:
        said = [
            record.value
            for participant in inputs.ground.participants
            for record in participant.involvements
            if record.name == phase and record.value in ("yes", "no")
        ]
        if not said:
            return otherwise(inputs) if otherwise else Judged(None, "involvement_unknown", {})
        yes = said.count("yes")
        return Judged(2 * yes >= len(said), "involved", {"yes": yes, "of": len(said)})

    return judge


def _purpose_by_charter(inputs: Inputs) -> Judged:
    if not inputs.records.has_purpose:
        return Judged(None, "involvement_unknown", {})
    return _consents(inputs)


def _meetings(inputs: Inputs) -> Judged:
    held = {row.id for row in inputs.sessions if row.state == "held"}
    came: dict[int, set[int]] = {}
    for row in inputs.attendances:
        if row.session_id in held and row.presence in ("present", "substitute"):
            came.setdefault(row.session_id, set()).add(row.organisation_id)
    together = sum(len(organisations) > 1 for organisations in came.values())
    if not inputs.sessions:
        return Judged(None, "no_sessions", {}, "circles")
    return Judged(together > 0, "met_together", {"count": together, "of": len(held)}, "circles")


def _improvement_central(inputs: Inputs) -> Judged:
    agreed = {row.organisation_id for row in inputs.actions if row.agreed_on}
    taking_part = {p.organisation_id for p in inputs.ground.participants}
    acting = len(agreed & taking_part)
    if not inputs.actions and not inputs.sessions:
        return Judged(None, "no_actions", {}, "follow_up")
    numbers = {"count": acting, "of": len(taking_part)}
    return Judged(2 * acting >= len(taking_part), "acting", numbers, "follow_up")


def _more_than_a_year(inputs: Inputs) -> Judged:
    """By the days from the first round's first to the last one's last, or by its figures: one
    round may take four years, and two may lie within one."""
    records = inputs.records
    numbers = {
        "cycles": records.cycles,
        "days": records.days,
        "years": records.years_of_figures,
    }
    return Judged(records.days > A_YEAR or records.years_of_figures > 1, "span", numbers)


def _evaluated(inputs: Inputs) -> Judged:
    closed = sum(wave.state == "closed" for wave in inputs.waves)
    coded = len(inputs.ground.spoken_with)
    if closed or coded:
        return Judged(True, "asked", {"waves": closed, "coded": coded}, "waves")
    return Judged(False, "not_asked", {}, "waves")


def _room_to_interpret(inputs: Inputs) -> Judged:
    held = [row for row in inputs.sessions if row.state == "held" and row.kind in INTERPRETATION]
    numbers = {"sessions": len(held), "readings": inputs.records.readings}
    if not inputs.sessions and not inputs.records.readings:
        return Judged(None, "no_sessions", {}, "circles")
    return Judged(any(numbers.values()), "interpreted", numbers, "circles")


def _checked(inputs: Inputs) -> Judged:
    records = inputs.records
    if not records.figures:
        return Judged(None, "no_figures", {}, "figures")
    numbers = {"checked": records.figures_checked, "of": records.figures}
    return Judged(2 * records.figures_checked >= records.figures, "checked", numbers, "figures")


# --- Soft ---------------------------------------------------------------------------------------


def _several_angles(inputs: Inputs) -> Judged:
    categories = inputs.records.categories
    if not categories:
        return Judged(None, "no_categories", {}, "figures")
    return Judged(categories > 1, "categories", {"count": categories}, "figures")


def _administration_asked(inputs: Inputs) -> Judged:
    """Management agreed to the charter, or decided to take part."""
    if inputs.records.consents:
        return _consents(inputs)
    decided = [p.decided_by for p in inputs.ground.participants if p.decided_by]
    if not decided:
        return Judged(None, "decision_unknown", {})
    managers = decided.count("manager")
    numbers = {"yes": managers, "of": len(decided)}
    return Judged(2 * managers >= len(decided), "managers", numbers)


def _aligned(inputs: Inputs) -> Judged:
    """Every indicator that another benchmark of these organisations has, too, means the same
    there."""
    records = inputs.records
    if not records.shared_indicators:
        return Judged(None, "none_shared", {})
    numbers = {"alike": records.shared_alike, "of": records.shared_indicators}
    return Judged(records.shared_alike == records.shared_indicators, "shared_alike", numbers)


REQUIREMENTS: dict[str, tuple[bool, Callable[[Inputs], Judged]]] = {
    "judged_well": (True, _judged_well),
    "own_data": (True, _own_data),
    "purpose_together": (True, _involved_in("prior_agreements", _purpose_by_charter)),
    "indicators_together": (True, _involved_in("indicators")),
    "meetings": (True, _meetings),
    "improvement_central": (True, _improvement_central),
    "more_than_a_year": (True, _more_than_a_year),
    "evaluated": (True, _evaluated),
    "room_to_interpret": (True, _room_to_interpret),
    "input_checked": (True, _checked),
    "several_angles": (False, _several_angles),
    "administration_asked": (False, _administration_asked),
    "aligned": (False, _aligned),
}
