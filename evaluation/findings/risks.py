"""Five risks of benchmarking, from what was coded, answered and done.

Each is seen (True), not seen (False) or unknown (None); `sign` says in what, with its numbers. What
interviewers coded goes first; behaviour where nothing was coded.
"""

from collections import Counter
from typing import Any

from evaluation.findings.inputs import Inputs
from evaluation.findings.rounding import rounded

RISKS = (
    "superficial_comparison",
    "complacency",
    "learning_versus_improving",
    "accountability_pressure",
    "reckoning_culture",
)
SATISFIED = 4.0
DISPUTED = 0.1
HIGH, LOW = ("sufficient", "high", "++"), ("insufficient", "low", "--")


def risks(inputs: Inputs) -> list[dict[str, Any]]:
    """All five."""
    behaviour = {
        "superficial_comparison": _superficial,
        "complacency": _complacent,
        "learning_versus_improving": _talk_without_action,
        "accountability_pressure": _pressed,
        "reckoning_culture": _disputed,
    }
    return [{"risk": risk, **(_coded(inputs, risk) or behaviour[risk](inputs))} for risk in RISKS]


def _coded(inputs: Inputs, risk: str) -> dict[str, Any] | None:
    """Seen when more organisations rated it high than low."""
    rated = Counter(row.value for row in inputs.ground.codings if row.variable == risk)
    if not rated:
        return None
    high, low = (sum(rated[value] for value in values) for values in (HIGH, LOW))
    return _sign(high > low, "coded", high=high, low=low, of=sum(rated.values()))


def _sign(seen: bool | None, sign: str, **numbers: Any) -> dict[str, Any]:
    return {"seen": seen, "sign": sign, "numbers": numbers}


def _superficial(inputs: Inputs) -> dict[str, Any]:
    """Sessions were held and no figure was read in any."""
    held = sum(row.state == "held" for row in inputs.sessions)
    if not held:
        return _sign(None, "no_sessions")
    return _sign(not inputs.records.readings, "readings", held=held, count=inputs.records.readings)


def _complacent(inputs: Inputs) -> dict[str, Any]:
    """Participants are satisfied and nothing comes up: no topic and no signal."""
    means = [row.mean for row in inputs.items if row.mean is not None]
    if not means:
        return _sign(None, "no_results")
    mean, raised = sum(means) / len(means), inputs.records.topics + len(inputs.signals)
    return _sign(mean >= SATISFIED and not raised, "satisfied", mean=rounded(mean), count=raised)


def _talk_without_action(inputs: Inputs) -> dict[str, Any]:
    """More sessions were held than actions were agreed in or after them."""
    held = sum(row.state == "held" for row in inputs.sessions)
    if not held:
        return _sign(None, "no_sessions")
    agreed = sum(row.agreed_on is not None for row in inputs.actions)
    return _sign(agreed < held, "actions", held=held, count=agreed)


def _pressed(inputs: Inputs) -> dict[str, Any]:
    """At least half joined from automatism or pressure."""
    motives = [p.motive for p in inputs.ground.participants if p.motive]
    if not motives:
        return _sign(None, "no_motives")
    pressed = motives.count("automatism")
    return _sign(2 * pressed >= len(motives), "motives", count=pressed, of=len(motives))


def _disputed(inputs: Inputs) -> dict[str, Any]:
    """At least one in ten figures is disputed."""
    figures, disputed = inputs.records.figures, inputs.records.figures_disputed
    if not figures:
        return _sign(None, "no_figures")
    return _sign(disputed >= DISPUTED * figures, "disputed", count=disputed, of=figures)
