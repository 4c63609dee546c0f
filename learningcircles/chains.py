"""How far the chains of evidence get: from a figure to the same figure, a cycle later.

Each number counts records that are a link of a chain: the figures that something was said about,
the actions that were agreed, and so on. A chain may start and stop anywhere, so a later number may
be higher than an earlier one. `changed` counts actions that were done and whose indicator has
another value after it than before; that is a sequence in time, and no proof of a cause.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from benchmarks.models import Figure
from benchmarks.periods import read_period
from learningcircles.enums import ADOPTED
from learningcircles.following import actions_to_follow, done_on, promised_on
from learningcircles.models import Action, AdoptionStep, PracticePage, Reading, Signal, Topic

LINKS = ("figure", "reading", "signal", "topic", "action", "done", "practice", "changed")


def _span(figure: Figure) -> tuple[dt.date, dt.date]:
    """The first and last day that a figure is about."""
    period = read_period(figure.period)
    if period is None:
        raise ValueError(figure.period)
    return period.first, period.last


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before an action was agreed and the same one after it was done."""

    before: Figure
    after: Figure

    @property
    def differs(self) -> bool:
        return self.before.value != self.after.value


def change_around(
    figures: Iterable[Figure], agreed: dt.date, done: dt.date, start: Figure | None = None
) -> Change | None:
    """What one indicator of one organisation was before an action, and a cycle later.

    Before is the figure that the chain started with, or else that of the last period that had
    ended when the action was agreed, or else of the period in which it was agreed. After is that of
    the first later period which ends once the action was done. None when one of them isn't there.
    """
    rows = sorted(((*_span(figure), figure) for figure in figures), key=_by_end)
    ended = [figure for _first, last, figure in rows if last <= agreed]
    during = (figure for first, last, figure in rows if first <= agreed < last)
    before = start or (ended[-1] if ended else next(during, None))
    if before is None:
        return None
    since = max(_span(before)[1] + dt.timedelta(days=1), done)
    after = next((figure for _first, last, figure in rows if last >= since), None)
    return Change(before, after) if after else None


def _by_end(row: tuple[dt.date, dt.date, Figure]) -> dt.date:
    return row[1]


def chain_counts(programme_id: int, organisation_id: int | None, today: dt.date) -> dict[str, int]:
    """How many records are a link of a chain, by link, in a programme or of one organisation.

    Of one organisation are its actions, what they came from, and what was said about its figures.
    """
    actions = actions_to_follow(programme_id, organisation_id)
    topics = Topic.objects.filter(circle__programme=programme_id)
    signals = Signal.objects.filter(session__programme=programme_id)
    readings = Reading.objects.filter(session__programme=programme_id)
    if organisation_id is not None:
        own = Q(organisation=organisation_id)
        topics = topics.filter(own | Q(pk__in=actions.values("topic")))
        led_to = Q(pk__in=actions.values("signal")) | Q(pk__in=topics.values("signal"))
        signals = signals.filter(own | led_to)
        about = Q(figure__organisation=organisation_id)
        readings = readings.filter(about | Q(pk__in=signals.values("reading")))
    done = actions.filter(done_on(today))
    return {
        "figure": _figures_of(readings, signals, actions),
        "reading": readings.count(),
        "signal": signals.count(),
        "topic": topics.count(),
        "action": actions.filter(promised_on(today)).count(),
        "done": done.count(),
        "practice": _practices_of(actions, programme_id, organisation_id),
        "changed": sum(1 for change in changes_after(done) if change.differs),
    }


def _figures_of(readings: QuerySet, signals: QuerySet, actions: QuerySet) -> int:
    """How many figures something was said about, or an action came from."""
    said = Q(pk__in=readings.values("figure")) | Q(pk__in=signals.values("figure"))
    acted = Q(pk__in=actions.values("figure"))
    return Figure.objects.filter(said | acted).order_by().values("pk").distinct().count()


def _practices_of(actions: QuerySet, programme_id: int, organisation_id: int | None) -> int:
    """How many published practices came out of these actions, or were made one's own."""
    steps = AdoptionStep.objects.filter(practice__programme=programme_id)
    if organisation_id is not None:
        steps = steps.filter(organisation=organisation_id)
    theirs = Q(source_action__in=actions.values("pk")) | Q(pk__in=adopted_now(steps))
    return PracticePage.objects.filter(theirs, programme=programme_id, live=True).count()


def adopted_now(steps: QuerySet) -> QuerySet:
    """Primary keys of the practices that these organisations adapted, carry out or embedded, by
    the last step of each."""
    later = AdoptionStep.objects.filter(
        Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk")),
        practice=OuterRef("practice"),
        organisation=OuterRef("organisation"),
    )
    return steps.filter(~Exists(later), level__in=ADOPTED).order_by().values("practice")


ORIGINS = (
    "signal__figure",
    "signal__reading__figure",
    "topic__signal__figure",
    "topic__signal__reading__figure",
    "figure",
)
"""Ways from an action back to the figure that its chain began with, the nearest first."""


def start_of(action: Action) -> Figure | None:
    """The figure that the chain of an action began with, if it began with one."""
    for origin in (action.signal, action.topic.signal if action.topic else None):
        if origin and (figure := origin.figure or (origin.reading and origin.reading.figure)):
            return figure
    return action.figure


def with_origin(actions: QuerySet) -> QuerySet:
    """The actions with all that `start_of` asks for, and `moves`: the indicator to look at."""
    indicators = (f"{origin}__indicator" for origin in ORIGINS)
    return actions.select_related(*ORIGINS).annotate(moves=Coalesce("indicator", *indicators))


def changes_after(done: QuerySet) -> list[Change]:
    """What the figures did around each of these actions that are done, where there are figures."""
    rows = with_origin(done).exclude(moves=None).order_by("pk")
    mine = rows.filter(organisation=OuterRef("organisation"), moves=OuterRef("indicator"))
    figures: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in Figure.objects.filter(Exists(mine.order_by())).order_by():
        figures[figure.organisation_id, figure.indicator_id].append(figure)
    found = (change_of(row, figures[row.organisation_id, row.moves]) for row in rows)
    return [change for change in found if change]


def change_of(action: Action, figures: list[Figure]) -> Change | None:
    """What the figures of one action's indicator and organisation did around it."""
    if action.agreed_on is None or action.done_on is None:
        return None
    start = start_of(action)
    known = {figure.pk for figure in figures}
    began = start if start and start.pk in known else None
    return change_around(figures, action.agreed_on, action.done_on, began)
