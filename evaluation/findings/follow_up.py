"""What became of it: sessions, signals and actions, counted."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from evaluation.findings.rounding import rounded, turned
from evaluation.measures.shares import Share, funnel
from evaluation.measures.survival import Step, survival
from learningcircles.evidence import ActionRow, AttendanceRow, SessionRow, SignalRow

OPEN = frozenset({"agreed", "under_way", "handed_over"})
"""Promised and not finished. What is only proposed was promised by nobody."""
LINKS = ("agreed", "figure", "talked", "promised", "done")
WITHIN = (30, 90, 180, 365)
"""After so many days it is told how many are open."""
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


def links(actions: Sequence[ActionRow]) -> list[dict[str, Any]]:
    """How far the chains of agreed actions reach, from the figure on: each link is of those that
    have the one before it, too."""
    promised = [row for row in actions if row.agreed_on is not None]
    figure = [row for row in promised if row.figure_id is not None]
    talked = [row for row in figure if row.session_id is not None or row.signal_id is not None]
    dated = [row for row in talked if row.has_owner and row.due is not None]
    done = [row for row in dated if row.status == "done"]
    counted = zip(LINKS, (promised, figure, talked, dated, done), strict=True)
    return [
        {
            "link": stage.name,
            "of_all": _share(stage.of_all),
            "of_previous": _share(stage.of_previous),
        }
        for stage in funnel([(name, len(rows)) for name, rows in counted])
    ]


def _share(found: Share) -> dict[str, Any]:
    interval = turned(found.interval, 1) if found.interval else None
    return {
        "count": found.count,
        "n": found.n,
        "share": rounded(found.value),
        "interval": interval,
    }


def time_to_done(actions: Sequence[ActionRow]) -> dict[str, Any] | None:
    """Days from agreeing to done. What is open counts as long as it ran: until the last day on
    which anything of the programme's actions happened; what was dropped until it was."""
    promised = [row for row in actions if row.agreed_on is not None]
    days = [day for row in promised for day in (row.agreed_on, row.done_on, row.dropped_on) if day]
    if not promised:
        return None
    last = max(days)
    ran = [
        max(0, ((row.done_on or row.dropped_on or last) - row.agreed_on).days)  # type: ignore[operator]
        for row in promised
    ]
    found = survival(ran, [row.done_on is not None for row in promised])
    return {
        "until": last.isoformat(),
        "n": found.n,
        "done": found.done,
        "median": found.median,
        "median_interval": found.median_interval,
        "open_after": [
            {"days": days, **_open(found.steps, days)} for days in WITHIN if days <= max(ran)
        ],
    }


def _open(steps: Sequence[Step], days: int) -> dict[str, Any]:
    """The share that is open still after so many days."""
    before = [step for step in steps if step.time <= days]
    if not before:
        return {"share": 1.0, "interval": None}
    interval = before[-1].interval
    return {
        "share": rounded(before[-1].open),
        "interval": turned(interval, 1) if interval else None,
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
        "links": links(actions),
        "time_to_done": time_to_done(actions),
        "by_organisation": [
            {"organisation": reference, **count_actions(own, today)}
            for organisation, reference in reference_of.items()
            if (own := of_organisation.get(organisation))
        ],
    }
