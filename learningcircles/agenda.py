"""Reads of an agenda: when each item begins, whether the times add up, and the figure at hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from benchmarks.models import Figure
from learningcircles.domain.agenda import room_of
from learningcircles.models import AgendaItem, DefinitionIssue, Session, Topic


@dataclass(frozen=True, slots=True)
class Line:
    """One item with its clock times."""

    item: AgendaItem
    starts_at: datetime
    ends_at: datetime
    figures: list[Figure] = field(default_factory=list)
    opens_section: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """An agenda with its times; minutes that are left (or, negative, that there are too many)."""

    lines: list[Line]
    planned: int
    available: int

    @property
    def left(self) -> int:
        return self.available - self.planned

    @property
    def over(self) -> int:
        return max(0, -self.left)


def agenda_of(session: Session, user: Any) -> QuerySet:
    """The items of an agenda; a topic or a doubt comes along only where one may read it."""
    items = AgendaItem.objects.visible_to(user).filter(session=session)
    return items.select_related(
        "session", "presenter__user", "organisation", "indicator"
    ).prefetch_related(
        "indicator__definitions",
        Prefetch("topic", Topic.objects.visible_to(user)),
        Prefetch("issue", DefinitionIssue.objects.visible_to(user)),
    )


def schedule_of(session: Session, user: Any) -> Schedule:
    """The agenda with clock times; items follow one another from the start of the session."""
    items = list(agenda_of(session, user))
    figures = figures_by_indicator(session, user, items)
    lines, clock, section = [], session.starts_at, ""
    for item in items:
        ends = clock + timedelta(minutes=item.minutes)
        at_hand = figures.get(item.indicator_id or 0, [])
        lines.append(Line(item, clock, ends, at_hand, item.section != section))
        clock, section = ends, item.section
    available = room_of(session)
    return Schedule(lines, sum(item.minutes for item in items), available)


def figures_by_indicator(
    session: Session, user: Any, items: Iterable[AgendaItem]
) -> dict[int, list[Figure]]:
    """The newest figures at the table, as far as this person sees them, by indicator."""
    indicators = {item.indicator_id for item in items if item.indicator_id}
    if not indicators:
        return {}
    figures = Figure.objects.visible_to(user).filter(indicator__in=indicators)
    figures = figures.filter(organisation__in=organisations_at(session))
    newest: dict[tuple[int, int], Figure] = {}
    for figure in figures.select_related("definition", "organisation").order_by("period"):
        newest[figure.indicator_id, figure.organisation_id] = figure
    found: dict[int, list[Figure]] = {}
    for figure in sorted(newest.values(), key=lambda each: each.organisation.name):
        found.setdefault(figure.indicator_id, []).append(figure)
    return found


def organisations_at(session: Session) -> list[int]:
    """Primary keys of the organisations at the table: the one it is of, or those of the guests."""
    if session.organisation_id:
        return [session.organisation_id]
    guests = session.attendances.order_by().values_list("membership__organisation", flat=True)
    return list(guests.distinct())
