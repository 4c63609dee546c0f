"""The rows of the doorway about practices and chains; `evidence.py` gives them out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from benchmarks.models import Figure
from learningcircles.chains import change_of, start_of, with_origin
from learningcircles.models import Action, AdoptionStep, PracticePage


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """One step of an organisation with a practice; not what was changed, or why."""

    practice_id: int
    organisation_id: int
    level: str
    on: date
    has_reason: bool
    was_changed: bool
    indicator_id: int | None
    source_action_id: int | None


@dataclass(frozen=True, slots=True)
class ChainRow:
    """The chain of one promised action: what it came from, and what came after it.

    `practice_id` is the first published practice that came out of it. `before_id` and `after_id`
    are the figure before it was agreed and the same one after it was done, where both are there.
    """

    action_id: int
    organisation_id: int
    figure_id: int | None
    reading_id: int | None
    signal_id: int | None
    topic_id: int | None
    is_done: bool
    practice_id: int | None
    before_id: int | None
    after_id: int | None


def adoptions(programme_id: int) -> list[AdoptionRow]:
    """Every step of an organisation with a practice of a programme, in order of time."""
    steps = AdoptionStep.objects.filter(practice__programme=programme_id)
    return [
        AdoptionRow(
            practice_id=step.practice_id,
            organisation_id=step.organisation_id,
            level=step.level,
            on=step.on,
            has_reason=bool(step.reason),
            was_changed=bool(step.changed),
            indicator_id=step.practice.indicator_id,
            source_action_id=step.practice.source_action_id,
        )
        for step in steps.select_related("practice").order_by("on", "id")
    ]


def chains(programme_id: int) -> Iterator[ChainRow]:
    """The chain of every action that was promised, in order of making."""
    promised = Action.objects.filter(programme=programme_id, agreed_on__lte=timezone.localdate())
    actions = list(with_origin(promised).order_by("pk"))
    figures: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in Figure.objects.filter(indicator__in={row.moves for row in actions} - {None}):
        figures[figure.organisation_id, figure.indicator_id].append(figure)
    practices: dict[int | None, int] = {}
    came = PracticePage.objects.filter(programme=programme_id, live=True).order_by("-pk")
    practices |= dict(came.values_list("source_action", "pk"))
    for row in actions:
        origin = row.signal or (row.topic.signal if row.topic else None)
        start = start_of(row)
        change = change_of(row, figures[row.organisation_id, row.moves]) if row.moves else None
        yield ChainRow(
            action_id=row.pk,
            organisation_id=row.organisation_id,
            figure_id=start.pk if start else None,
            reading_id=origin.reading_id if origin else None,
            signal_id=origin.pk if origin else None,
            topic_id=row.topic_id,
            is_done=row.done_on is not None,
            practice_id=practices.get(row.pk),
            before_id=change.before.pk if change else None,
            after_id=change.after.pk if change else None,
        )
