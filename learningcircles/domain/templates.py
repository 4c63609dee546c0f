"""Templates of agendas: kept under a name, and fitted to the time of another session."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput
from core.models import log_activity
from learningcircles.domain.agenda import add_item, room_of
from learningcircles.enums import AgendaOrigin, AgendaSection, SessionKind
from learningcircles.models import AgendaItem, AgendaTemplate, AgendaTemplateItem, Session

STEP = 5
"""Minutes: times are fitted in steps of five."""

TALKS = (AgendaSection.FIGURES, AgendaSection.TOPICS)
"""The parts that take what time there is; the others take what they need."""


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a template."""

    source: str
    title: str
    section: str
    minutes: int


def opening() -> Part:
    """How every agenda begins."""
    title = _("Welcome, and what we want to have at the end")
    return Part("opening", title, AgendaSection.OPENING, 5)


def closing() -> Part:
    """How every agenda ends."""
    return Part("closing", _("What was agreed: who, what, by when"), AgendaSection.CLOSING, 10)


def usual_parts(kind: str) -> list[Part]:
    """The usual parts of a session of this kind; their times are shares, fitted later."""
    middle = {
        SessionKind.INTERPRETATION: [
            (_("What stands out in our figures"), AgendaSection.FIGURES, 40),
            (_("What explains it, and what we don't know"), AgendaSection.FIGURES, 30),
            (_("What we are going to do"), AgendaSection.TOPICS, 25),
        ],
        SessionKind.JOINT_INTERPRETATION: [
            (_("Each reads its own figures"), AgendaSection.FIGURES, 20),
            (_("What stands out for all of us"), AgendaSection.FIGURES, 40),
            (_("Who does better, and how"), AgendaSection.TOPICS, 30),
        ],
        SessionKind.WORKING_VISIT: [
            (_("How the host works: a tour"), AgendaSection.TOPICS, 60),
            (_("What each takes home"), AgendaSection.TOPICS, 30),
        ],
        SessionKind.WORKSHOP: [
            (_("What we are going to make"), AgendaSection.TOPICS, 15),
            (_("Working in small groups"), AgendaSection.TOPICS, 60),
            (_("Laying the results side by side"), AgendaSection.TOPICS, 25),
        ],
    }
    usual = [
        (_("What became of our agreements"), AgendaSection.LOOKING_BACK, 15),
        (_("What happened since, with each of us"), AgendaSection.TOPICS, 20),
        (_("The theme of today"), AgendaSection.TOPICS, 50),
    ]
    rows = middle.get(SessionKind(kind), usual)
    parts = [Part(f"template:{place}", *row) for place, row in enumerate(rows)]
    return [opening(), *parts, closing()]


def parts_of(template: AgendaTemplate) -> list[Part]:
    """The lines of a template that was kept."""
    return [
        Part(f"template:{template.pk}:{item.pk}", item.title, item.section, item.minutes)
        for item in template.items.all()
    ]


def fitted(parts: list[Part], minutes: int) -> list[Part]:
    """The parts in so many minutes: the talk itself stretches or shrinks in proportion, in steps
    of five and never under five. Where even that doesn't fit, the shortest that is possible.

    >>> [p.minutes for p in fitted([opening(), Part("a", "A", "topics", 20),
    ...                             Part("b", "B", "topics", 50), closing()], 120)]
    [5, 30, 75, 10]
    """
    talks = [part for part in parts if part.section in TALKS]
    if not talks:
        return parts
    fixed = sum(part.minutes for part in parts if part.section not in TALKS)
    steps = max((minutes - fixed) // STEP, len(talks))
    times = dict(zip(talks, _shared([part.minutes for part in talks], steps), strict=True))
    return [replace(part, minutes=times[part] * STEP) if part in times else part for part in parts]


def _shared(shares: list[int], steps: int) -> list[int]:
    """So many steps in proportion to the shares, at least one each: largest remainders first."""
    rest, total = steps - len(shares), sum(shares)
    exact = [rest * share / total for share in shares]
    whole = [int(each) for each in exact]
    by_remainder = sorted(range(len(shares)), key=lambda n: whole[n] - exact[n])
    for place in by_remainder[: rest - sum(whole)]:
        whole[place] += 1
    return [1 + each for each in whole]


@transaction.atomic
def use_template(
    session: Session, *, by: Any, template: AgendaTemplate | None = None
) -> list[AgendaItem]:
    """Put a kept template on the agenda, or what sessions of this kind usually have. Its times
    are fitted to what is left of the session."""
    if template is not None and template.programme_id != session.programme_id:
        raise InvalidInput(_("This belongs to another benchmark."))
    had = dict(session.agenda.values_list("source", "minutes"))
    parts = parts_of(template) if template else usual_parts(session.kind)
    parts = [part for part in parts if part.source not in had]
    used = sum(session.agenda.values_list("minutes", flat=True))
    return [
        add_item(
            session,
            by=by,
            source=part.source,
            title=part.title,
            section=part.section,
            minutes=part.minutes,
            origin=AgendaOrigin.STANDING,
        )
        for part in fitted(parts, room_of(session) - used)
    ]


def _lines(template: AgendaTemplate, items: Iterable[AgendaItem]) -> list[AgendaTemplateItem]:
    """What of an agenda is for another day too: not a topic that had its turn, nor a doubt."""
    kept = [item for item in items if item.topic_id is None and item.issue_id is None]
    return [
        AgendaTemplateItem(
            template=template,
            section=item.section,
            position=place,
            title=item.title,
            minutes=item.minutes,
        )
        for place, item in enumerate(kept)
    ]


@transaction.atomic
def keep_template(session: Session, *, by: Any, name: str) -> AgendaTemplate:
    """Keep the agenda of a session as a template; the same name replaces what it had."""
    name = " ".join(name.split())
    if not name:
        raise InvalidInput(_("Give the template a name."))
    template, _new = AgendaTemplate.objects.select_for_update().update_or_create(
        programme=session.programme, name=name, defaults={"kept_by": by}
    )
    lines = _lines(template, session.agenda.all())
    if not lines:
        raise InvalidInput(_("There is nothing on this agenda that is for another day too."))
    template.items.all().delete()
    AgendaTemplateItem.objects.bulk_create(lines)
    log_activity(template, "keep_template", actor=by)
    return template


@transaction.atomic
def remove_template(template: AgendaTemplate, *, by: Any) -> None:
    """Throw a template away; agendas that were made of it stay as they are."""
    log_activity(template.programme, "remove_template", actor=by, name=template.name)
    template.delete()
