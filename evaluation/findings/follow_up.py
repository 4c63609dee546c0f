"""What became of it: sessions, signals and actions, counted."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from learningcircles.evidence import ActionRow, AttendanceRow, SessionRow, SignalRow

OPEN = frozenset({"agreed", "under_way", "handed_over"})
"""Promised and not finished. What is only proposed was promised by nobody."""
CAME = frozenset({"present", "substitute"})


def overdue(action: ActionRow, today: date) -> bool:
    """Promised, not finished, and its date is past."""
    return action.status in OPEN and action.due is not None and action.due < today


def count_actions(actions: list[ActionRow], today: date) -> dict[str, int]:
    """Actions by what became of them; `agreed` are all that were ever promised.

    agreed = open + done + dropped, and overdue is a part of open. Proposals stand apart, and a
    proposal that was dropped before anybody agreed was never promised.
    """
    promised = [row for row in actions if row.status in OPEN or row.status == "done"]
    dropped = [row for row in actions if row.status == "dropped" and row.agreed_on is not None]
    return {
        "proposed": sum(row.status == "proposed" for row in actions),
        "agreed": len(promised) + len(dropped),
        "open": sum(row.status in OPEN for row in actions),
        "overdue": sum(overdue(row, today) for row in actions),
        "done": sum(row.status == "done" for row in actions),
        "dropped": len(dropped),
        "from_session": sum(row.session_id is not None for row in promised + dropped),
        "from_signal": sum(row.signal_id is not None for row in promised + dropped),
        "from_figure": sum(row.figure_id is not None for row in promised + dropped),
        "with_owner": sum(row.has_owner for row in promised + dropped),
        "with_date": sum(row.due is not None for row in promised + dropped),
    }


def follow_up(
    sessions: list[SessionRow],
    attendances: list[AttendanceRow],
    signals: list[SignalRow],
    actions: list[ActionRow],
    reference_of: dict[int, str],
    today: date,
) -> dict[str, Any]:
    """Counts for the programme, and of actions for each organisation that takes part."""
    held = [row for row in sessions if row.state == "held"]
    were_held = {each.id for each in held}
    at_held = [row for row in attendances if row.session_id in were_held]
    recorded = [row for row in at_held if row.presence]
    of_organisation: dict[int, list[ActionRow]] = defaultdict(list)
    for row in actions:
        of_organisation[row.organisation_id].append(row)
    return {
        "as_of": today.isoformat(),
        "sessions": dict(Counter(row.state for row in sessions)),
        "presence": {
            "recorded": len(recorded),
            "came": sum(row.presence in CAME for row in recorded),
        },
        "signals": len(signals),
        "actions": count_actions(actions, today),
        "by_organisation": [
            {"organisation": reference, **count_actions(own, today)}
            for organisation, reference in reference_of.items()
            if (own := of_organisation.get(organisation))
        ],
    }
