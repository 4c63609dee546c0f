"""What the rooms offer upward to the start page and to the page of a programme.

A lower room can't know the higher ones, so these are signals: a room connects in its
AppConfig.ready() and returns rows; the page that sends the signal only sorts them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.dispatch import Signal
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is expected of one person: a line on the page *Now*."""

    title: Text
    """What it is about, e.g. the title of an action or of a session."""
    verb: Text
    """The deed, as the words on the button: "Answer", "Prepare", "Update"."""
    url: str
    due: date | None = None
    context: Text = ""
    """Programme, circle or organisation."""


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of a programme's own navigation, offered by a room to whom may open it."""

    title: Text
    url: str
    order: int
    summary: Text = ""


collect_deeds = Signal()
"""Sent with `user` and `today`; receivers return an iterable of Deed."""

collect_sections = Signal()
"""Sent with `user` and `programme`; receivers return an iterable of Section."""


def gather[T](signal: Signal, **named: Any) -> list[T]:
    """All rows that the rooms return for a signal. An error in a room is not swallowed."""
    answers: list[tuple[Any, Any]] = signal.send(sender=None, **named)
    return [row for _room, rows in answers for row in rows]


def deeds_of(user: Any, today: date) -> list[Deed]:
    """What is expected of this person, in order of time; what has no date comes last."""
    deeds: Iterable[Deed] = gather(collect_deeds, user=user, today=today)
    return sorted(deeds, key=lambda deed: (deed.due is None, deed.due or today))


def sections_of(user: Any, programme: Any) -> list[Section]:
    """The parts of a programme that this person may open."""
    sections: Iterable[Section] = gather(collect_sections, user=user, programme=programme)
    return sorted(sections, key=lambda section: section.order)
