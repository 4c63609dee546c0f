"""The handover brief: what brings a newcomer to a circle up to date, as one document.

It is read by the members of the circle, so it holds what each of them sees: sessions of the circle
and what was agreed there; no values of figures, and nothing of private parts.
"""

from typing import Any

from learningcircles.enums import ActionStatus
from learningcircles.models import Action, Circle, DefinitionIssue, Session

SESSIONS_SHOWN = 12


def brief_of(circle: Circle) -> dict[str, Any]:
    """The brief as JSON: goal, sessions in short, what was agreed and is open, who is who."""
    held = circle.sessions.held().order_by("-starts_at")[:SESSIONS_SHOWN]
    coming = circle.sessions.planned().order_by("starts_at")
    actions = Action.objects.filter(session__circle=circle).select_related(
        "organisation", "owner__user"
    )
    return {
        "theme": circle.theme,
        "goal": circle.goal,
        "form": circle.form,
        "setting": circle.setting,
        "programme": str(circle.programme),
        "facilitators": [
            {"name": str(person), "email": person.email, "phone": person.phone}
            for person in circle.facilitators.all()
        ],
        "members": _members(circle),
        "sessions": [_session(each) for each in _with_record(held)],
        "coming": [
            {"title": each.title, "starts_at": each.starts_at.isoformat(), "place": each.place}
            for each in coming
        ],
        "open": [_action(row) for row in actions.open().order_by("due", "pk")],
        "done": [
            _action(row)
            for row in actions.filter(status=ActionStatus.DONE).order_by("-done_on")[:20]
        ],
        "topics": [topic.title for topic in circle.topics.open()],
        "issues": [
            row.text for row in DefinitionIssue.objects.parked().filter(session__circle=circle)
        ],
    }


def _with_record(sessions: Any) -> Any:
    return sessions.prefetch_related("decisions", "signals", "readings")


def _members(circle: Circle) -> list[dict[str, str]]:
    intermediaries = set(circle.intermediaries.values_list("member", flat=True))
    members = circle.members.current().select_related(
        "membership__user", "membership__organisation"
    )
    return [
        {
            "name": str(member.membership.user),
            "organisation": str(member.membership.organisation),
            "function": member.membership.function,
            "email": member.membership.user.email,
            "phone": member.membership.user.phone,
            "intermediary": "yes" if member.pk in intermediaries else "",
        }
        for member in members
    ]


def _session(session: Session) -> dict[str, Any]:
    """A session in short: what it was for, and what came of it."""
    return {
        "title": session.title,
        "goal": session.goal,
        "starts_at": session.starts_at.isoformat(),
        "decisions": [row.text for row in session.decisions.all()],
        "signals": [row.text for row in session.signals.all()],
        "readings": [row.text for row in session.readings.all()],
    }


def _action(row: Action) -> dict[str, str]:
    return {
        "title": row.title,
        "who": str(row.owner.user) if row.owner else row.owner_name,
        "organisation": str(row.organisation),
        "due": row.due.isoformat() if row.due else "",
        "status": row.status,
    }
