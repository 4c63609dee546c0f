"""Did a figure move the right way after something was done about it?

The baseline is the newest figure of a period that was over before the action was agreed, else the
one of the period it was agreed in. The outcome is the first figure of a period that began after it
was done, else the one of the period it was done in, when that is later than the baseline: the same
figure, a cycle later. It says that the figure moved, not why.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.comparing import series_of
from benchmarks.enums import Verdict
from benchmarks.models import Figure, IndicatorDefinition
from benchmarks.periods import Period, read_period
from benchmarks.standing import verdict_of


@dataclass(frozen=True, slots=True)
class Asked:
    """About which figure, and between which days: agreed on, done on."""

    indicator: int
    organisation: int
    agreed: dt.date
    done: dt.date


@dataclass(frozen=True, slots=True)
class Point:
    """One figure in time; `series` tells which may be compared."""

    figure: int
    period: Period
    value: float
    series: int


@dataclass(frozen=True, slots=True)
class Movement:
    """From where to where; None where there is no such figure (yet). `verdict` is None then."""

    before: Point | None
    after: Point | None
    verdict: Verdict | None

    @property
    def moved_right(self) -> bool:
        """Did it move the way that is better? Never so where neither way is."""
        return self.verdict == Verdict.BETTER


def movements(asked: Sequence[Asked]) -> list[Movement]:
    """For each question, in the same order, how the figure moved. Two queries for all of them."""
    points, better = _points(asked)
    return [
        movement(
            points.get((each.indicator, each.organisation), []),
            better=better.get(each.indicator, ""),
            agreed=each.agreed,
            done=each.done,
        )
        for each in asked
    ]


def movement(points: Iterable[Point], *, better: str, agreed: dt.date, done: dt.date) -> Movement:
    """How a figure moved between its baseline and its outcome. Pure; see the head of this file.

    `points` are in order of time; `better` is "higher", "lower" or anything else for neither.
    """
    before = _baseline(list(points), agreed)
    if before is None:
        return Movement(None, None, None)
    later = [
        point
        for point in points
        if point.period.first > before.period.first and point.series == before.series
    ]
    after = next((point for point in later if point.period.first > done), None)
    if after is None:
        after = next((p for p in later if p.period.first <= done <= p.period.last), None)
    if after is None:
        return Movement(before, None, None)
    side = (after.value > before.value) - (after.value < before.value)
    return Movement(before, after, verdict_of(side, better))


def _baseline(points: list[Point], agreed: dt.date) -> Point | None:
    over = [point for point in points if point.period.last < agreed]
    during = [point for point in points if point.period.first <= agreed <= point.period.last]
    return next(iter([*over[-1:], *during]), None)


def _points(asked: Sequence[Asked]) -> tuple[dict[tuple[int, int], list[Point]], dict[int, str]]:
    """The undisputed figures that are asked about, in order of time, and which way is better."""
    indicators = {each.indicator for each in asked}
    definitions: dict[int, list[IndicatorDefinition]] = defaultdict(list)
    for definition in IndicatorDefinition.objects.filter(indicator__in=indicators):
        definitions[definition.indicator_id].append(definition)
    series: dict[int, int] = {}
    for versions in definitions.values():
        series |= series_of(versions)
    rows = Figure.objects.undisputed().filter(
        indicator__in=indicators, organisation__in={each.organisation for each in asked}
    )
    fields = ("pk", "indicator_id", "organisation_id", "definition_id", "period", "value")
    points: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for pk, indicator, organisation, definition_pk, text, value in rows.order_by(
        "period"
    ).values_list(*fields):
        period = read_period(text)
        if period is not None:
            point = Point(pk, period, float(value), series[definition_pk])
            points[indicator, organisation].append(point)
    better = {
        indicator: max(versions, key=lambda each: each.version).better
        for indicator, versions in definitions.items()
    }
    return points, better
