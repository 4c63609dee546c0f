"""The shared record of a session as one document: what minutes are made of, and a PDF.

It is read by everybody who sees the session, people of several organisations. So it holds what was
said to all of them and no values of figures, and it never reads the tables of private parts.
"""

from collections.abc import Iterable
from typing import Any

from learningcircles.models import Action, AgendaItem, Attendance, Session, Signal


def record_of(session: Session) -> dict[str, Any]:
    """The record as JSON: texts as written, codes and ISO moments for what has a language."""
    items = session.agenda.select_related("presenter__user", "organisation", "minute_text")
    by_item: dict[int | None, dict[str, list]] = {}
    for kind, rows in _notes(session).items():
        for item_id, told in rows:
            by_item.setdefault(item_id, {}).setdefault(kind, []).append(told)
    return {
        "title": session.title,
        "kind": session.kind,
        "goal": session.goal,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "place": session.place,
        "circle": session.circle.theme if session.circle else "",
        "organisation": str(session.organisation or ""),
        "led_by": str(session.led_by or ""),
        "attendance": _attendance(session),
        "items": [_item(item, by_item.get(item.pk, {})) for item in items],
        "loose": by_item.get(None, {}),
    }


def _attendance(session: Session) -> list[dict[str, Any]]:
    """By organisation: who, and whether they were there."""
    guests = Attendance.objects.filter(session=session).select_related(
        "membership__user", "membership__organisation"
    )
    found: dict[str, list[dict[str, str]]] = {}
    for guest in guests:
        found.setdefault(str(guest.membership.organisation), []).append(
            {
                "name": str(guest.membership.user),
                "presence": guest.presence,
                "substitute": guest.substitute_name,
                "expertise": guest.expertise,
            }
        )
    return [{"organisation": name, "people": people} for name, people in found.items()]


def _item(item: AgendaItem, notes: dict[str, list]) -> dict[str, Any]:
    text = getattr(item, "minute_text", None)
    return {
        "title": item.title,
        "section": item.section,
        "minutes": item.minutes,
        "presenter": str(item.presenter.user) if item.presenter else item.presenter_name,
        "organisation": str(item.organisation or ""),
        "text": text.text if text else "",
        **notes,
    }


def _notes(session: Session) -> dict[str, Iterable[tuple[int | None, dict[str, Any]]]]:
    """Everything that was noted, with the item it was noted under."""
    about = ("figure__definition", "figure__organisation")
    return {
        "readings": [
            (row.item_id, {"text": row.text, "context": row.context, **_about(row)})
            for row in session.readings.select_related(*about)
        ],
        "signals": [
            (row.item_id, {"text": row.text, **_about(row)})
            for row in Signal.objects.filter(session=session).select_related(*about)
        ],
        "decisions": [(row.item_id, {"text": row.text}) for row in session.decisions.all()],
        "issues": [
            (row.item_id, {"text": row.text, "indicator": row.indicator.code, **_meant(row)})
            for row in session.definition_issues.prefetch_related("indicator__definitions")
        ],
        "actions": [_action(row) for row in _actions(session)],
    }


def _actions(session: Session) -> Any:
    actions = Action.objects.filter(session=session).order_by("pk")
    return actions.select_related("organisation", "owner__user", "agenda_link")


def _action(row: Action) -> tuple[int | None, dict[str, Any]]:
    link = getattr(row, "agenda_link", None)
    told = {
        "title": row.title,
        "who": str(row.owner.user) if row.owner else row.owner_name,
        "organisation": str(row.organisation),
        "due": row.due.isoformat() if row.due else "",
    }
    return (link.item_id if link else None), told


def _about(row: Any) -> dict[str, str]:
    """Which figure it is about, without its value."""
    if row.figure is None:
        return {}
    definition = row.figure.definition
    return {
        "figure": definition.meaning,
        "figure_en": definition.meaning_en,
        "period": row.figure.period,
        "of": str(row.figure.organisation),
    }


def _meant(row: Any) -> dict[str, str]:
    newest = next(iter(row.indicator.definitions.all()), None)
    return {"figure": newest.meaning, "figure_en": newest.meaning_en} if newest else {}
