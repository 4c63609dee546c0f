"""The rows of the doorway about practices and chains; `evidence.py` gives them out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from benchmarks.models import Figure
from learningcircles.chains import change_of, start_of, with_origin
from learningcircles.following import promised_on
from learningcircles.models import Action, AdoptionStep, PracticePage, Reading, Signal, Topic


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
    """One chain: of a promised action, what it came from and what came after it; or one that
    stopped before (`action_id` is None).

    `practice_id` is the first published practice that came out of the action. `before_id` and
    `after_id` are the figure before it was agreed and the same one after it was done, and `changed`
    says whether they differ; None where they aren't both there. A sequence in time, no cause.
    """

    action_id: int | None
    organisation_id: int | None
    figure_id: int | None
    reading_id: int | None
    signal_id: int | None
    topic_id: int | None
    is_done: bool = False
    practice_id: int | None = None
    before_id: int | None = None
    after_id: int | None = None
    changed: bool | None = None

    @property
    def is_complete(self) -> bool:
        """From a figure by way of talk to an action that was done, and the figure changed."""
        talked = self.reading_id or self.signal_id or self.topic_id
        return bool(self.figure_id and talked and self.is_done and self.changed)


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


def chains(programme_id: int, today: date | None = None) -> Iterator[ChainRow]:
    """Every chain of a programme as far as it got: of each action that was promised; then what
    led to none: topics, signals without a topic, readings without a signal."""
    day = today or timezone.localdate()
    promised = Action.objects.filter(programme=programme_id).filter(promised_on(day))
    yield from _of_actions(programme_id, list(with_origin(promised).order_by("pk")), day)
    led_to = promised.order_by()
    topics = Topic.objects.filter(circle__programme=programme_id)
    for topic in topics.exclude(pk__in=_some(led_to, "topic")).select_related(*FROM_TOPIC):
        yield _stopped(topic.organisation_id, topic.signal, topic=topic)
    signals = Signal.objects.filter(session__programme=programme_id)
    unused = signals.exclude(pk__in=_some(led_to, "signal")).exclude(
        pk__in=_some(topics.order_by(), "signal")
    )
    for signal in unused.select_related("figure", "reading__figure").order_by("pk"):
        yield _stopped(signal.organisation_id, signal)
    readings = Reading.objects.filter(session__programme=programme_id)
    alone = readings.exclude(pk__in=_some(signals.order_by(), "reading"))
    for reading in alone.select_related("figure").order_by("pk"):
        yield _stopped(None, None, reading=reading)


FROM_TOPIC = ("signal__figure", "signal__reading__figure")


def _some(rows: QuerySet, name: str) -> QuerySet:
    """Primary keys that these rows point at; never a null, which would empty a NOT IN."""
    return rows.exclude(**{name: None}).values(name)


def _stopped(
    organisation_id: int | None,
    signal: Signal | None,
    *,
    topic: Topic | None = None,
    reading: Reading | None = None,
) -> ChainRow:
    """A chain that led to no action; without an organisation of its own it is the figure's."""
    read = reading or (signal.reading if signal else None)
    figure = (signal.figure if signal else None) or (read.figure if read else None)
    return ChainRow(
        action_id=None,
        organisation_id=organisation_id or (figure.organisation_id if figure else None),
        figure_id=figure.pk if figure else None,
        reading_id=read.pk if read else None,
        signal_id=signal.pk if signal else None,
        topic_id=topic.pk if topic else None,
    )


def _of_actions(programme_id: int, actions: list[Any], day: date) -> Iterator[ChainRow]:
    figures: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in Figure.objects.filter(indicator__in={row.moves for row in actions} - {None}):
        figures[figure.organisation_id, figure.indicator_id].append(figure)
    came = PracticePage.objects.filter(programme=programme_id, live=True).order_by("-pk")
    practices = dict(came.values_list("source_action", "pk"))
    for row in actions:
        origin = row.signal or (row.topic.signal if row.topic else None)
        start = start_of(row)
        is_done = row.done_on is not None and row.done_on <= day
        around = figures[row.organisation_id, row.moves] if row.moves and is_done else []
        change = change_of(row, around) if around else None
        yield ChainRow(
            action_id=row.pk,
            organisation_id=row.organisation_id,
            figure_id=start.pk if start else None,
            reading_id=origin.reading_id if origin else None,
            signal_id=origin.pk if origin else None,
            topic_id=row.topic_id,
            is_done=is_done,
            practice_id=practices.get(row.pk),
            before_id=change.before.pk if change else None,
            after_id=change.after.pk if change else None,
            changed=change.differs if change else None,
        )
