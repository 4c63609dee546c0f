"""Words and tones that the templates of this room ask for."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language

from learningcircles import comparing
from learningcircles.enums import (
    ActionStatus,
    AdoptionLevel,
    AgendaSection,
    Presence,
    SessionState,
)
from learningcircles.models import Action, ActionChange
from learningcircles.presentation import in_words, name_of

register = template.Library()

TONES = {
    ActionStatus.DONE: "good",
    ActionStatus.HANDED_OVER: "attention",
    ActionStatus.PROPOSED: "attention",
    SessionState.HELD: "good",
    SessionState.CANCELLED: "bad",
    Presence.PRESENT: "good",
    Presence.SUBSTITUTE: "good",
    Presence.ABSENT: "attention",
    AdoptionLevel.EMBEDDED: "good",
    AdoptionLevel.CARRIED_OUT: "good",
    AdoptionLevel.REJECTED: "attention",
    AdoptionLevel.STOPPED: "attention",
}


@register.filter
def tone(state: Any) -> str:
    """The tone of a status badge."""
    return TONES.get(state, "neutral")


@register.filter
def overdue(action: Action, today: date) -> bool:
    return action.is_overdue(today)


@register.filter
def lacking(action: Action, today: date) -> int:
    """For how many days a promised action has been without an owner or a date, or 0."""
    lacks = not action.has_owner or action.due is None
    if not lacks or not action.is_open or action.agreed_on is None:
        return 0
    return (today - action.agreed_on).days


@register.filter
def before(change: ActionChange) -> str:
    """What it was, in words."""
    return in_words(change.field, change.before, change.action)


@register.filter
def after(change: ActionChange) -> str:
    """What it became, in words."""
    return in_words(change.field, change.after, change.action)


@register.filter
def is_change(line: Any) -> bool:
    """A line of the history is a change, or else a note."""
    return isinstance(line, ActionChange)


@register.filter
def meaning(indicator: Any) -> str:
    """What an indicator means by its newest definition, or its code."""
    return name_of(indicator)


@register.filter
def number(value: Any) -> str:
    """A figure without needless zeros, as the reader's language writes it."""
    return number_format(f"{value.normalize():f}")


@register.filter
def moment(told: str) -> Any:
    """An ISO moment of a document as local time, for the filters of dates."""
    return timezone.localtime(datetime.fromisoformat(told)) if told else None


@register.filter
def day(told: str) -> Any:
    """An ISO day of a document."""
    return date.fromisoformat(told) if told else None


@register.filter
def presence_word(told: str) -> str:
    """Whether somebody was there, in words."""
    return str(Presence(told).label)


@register.filter
def section_word(told: str) -> str:
    """A part of an agenda, in words."""
    return str(AgendaSection(told).label)


@register.filter
def status_word(told: str) -> str:
    """How an action stands, in words."""
    return str(ActionStatus(told).label)


@register.filter
def figure_word(told: dict[str, Any]) -> str:
    """Which figure a line of a document is about, in the reader's language."""
    english = told.get("figure_en", "") if get_language() == "en" else ""
    return english or str(told.get("figure", ""))


@register.filter
def days_in_words(curve: Any) -> str:
    """The median of a curve with its interval."""
    return comparing.days_in_words(curve)
