"""The agenda drafts itself: from what is open, what stands out, and what was voted for.

Drafting only adds: what was put on the agenda by hand stays as it is, and a draft made twice, or by
two people at once, has each thing once.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.exceptions import InvalidInput
from learningcircles.domain.agenda import add_item, room_of
from learningcircles.domain.templates import TALKS, Part, closing, opening
from learningcircles.enums import AgendaOrigin
from learningcircles.models import AgendaItem, Session
from learningcircles.suggestions import Suggestion

SHORTEST = 10
"""Minutes below which a topic is not worth putting on an agenda by itself."""


def _frame(part: Part) -> Suggestion:
    """The opening or the closing."""
    return Suggestion(
        source=part.source,
        title=part.title,
        section=part.section,
        origin=AgendaOrigin.STANDING,
        minutes=part.minutes,
    )


def add_suggestion(session: Session, suggestion: Suggestion, *, by: Any) -> AgendaItem:
    """Put one suggestion on the agenda."""
    return add_item(session, by=by, **suggestion.as_fields())


def fitting(suggestions: Iterable[Suggestion], minutes: int) -> list[Suggestion]:
    """As many as fit, in the order given; what doesn't fit is left as a suggestion."""
    chosen = []
    for suggestion in suggestions:
        if suggestion.minutes <= minutes:
            chosen.append(suggestion)
            minutes -= suggestion.minutes
    return chosen


@transaction.atomic
def draft_agenda(
    session: Session, *, by: Any, suggestions: Iterable[Suggestion]
) -> list[AgendaItem]:
    """Fill the time of the session with an opening, what is suggested, and a closing.

    What is left over goes to the figures and the topics, in equal parts.
    """
    had = set(session.agenda.values_list("source", flat=True))
    frame = [_frame(part) for part in (opening(), closing()) if part.source not in had]
    used = sum(session.agenda.values_list("minutes", flat=True))
    free = room_of(session) - used - sum(part.minutes for part in frame)
    chosen = fitting(suggestions, free)
    rest = free - sum(suggestion.minutes for suggestion in chosen)
    chosen = share_out(chosen, rest)
    return [add_suggestion(session, each, by=by) for each in [*frame, *chosen]]


def share_out(suggestions: list[Suggestion], minutes: int) -> list[Suggestion]:
    """Give what time is left to the talk itself, in steps of five minutes."""
    talks = [each for each in suggestions if each.section in TALKS]
    if not talks or minutes < 5:
        return suggestions
    share = max(0, minutes // len(talks)) // 5 * 5
    return [each.longer(share) if each in talks else each for each in suggestions]


COPIED = ("section", "title", "minutes", "presenter", "presenter_name", "origin", "organisation")


@transaction.atomic
def use_previous(session: Session, *, by: Any, previous: Session) -> list[AgendaItem]:
    """The agenda of an earlier session: its items with their times, without what was said.

    What hung on that day (a topic that had its turn, a definition issue) is not copied.
    """
    if previous.programme_id != session.programme_id:
        raise InvalidInput(_("This belongs to another benchmark."))
    made = []
    for item in previous.agenda.filter(topic=None, issue=None).select_related("indicator"):
        fields: dict[str, Any] = {name: getattr(item, name) for name in COPIED}
        presenter = item.presenter
        if presenter is not None and presenter.left_on is not None:
            fields["presenter"] = None
        source = item.source or f"previous:{item.pk}"
        made.append(add_item(session, by=by, source=source, indicator=item.indicator, **fields))
    return made
