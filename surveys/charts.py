"""What the results page draws: shares, and bars that diverge from neutral. Numbers only, no HTML.

A bar runs from -100 to 100 around the middle of the neutral answers, so that agreement pulls to
the right and disagreement to the left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from surveys.measures.summary import Share, Spread, share_of, spread_of


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar, on the axis from 0 (all disagree) to 200 (all agree)."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with the numbers that stand beside it; `counts` is None where hidden.

    `counts` are by point of the scale, the first of which has the value `first`; `people` are the
    respondents behind them where one gave several answers.
    """

    label: str | Promise
    note: str | Promise
    counts: tuple[int, ...] | None
    not_applicable: int | None
    segments: tuple[Segment, ...]
    missing: int | None = None
    first: int = 1
    people: int | None = None

    @property
    def n(self) -> int:
        return sum(self.counts or ())

    @property
    def disagree(self) -> int:
        return self._percent(0, self._half)

    @property
    def neutral(self) -> int:
        """What is left, so that the three shares add up to a hundred."""
        return 100 - self.disagree - self.agree if self.n else 0

    @property
    def agree(self) -> int:
        return self._percent(-self._half, None)

    @property
    def agreeing(self) -> Share:
        """Who chose a point above the middle, with the interval of their share; that of as many
        people as answers are of, where one gave several."""
        share = share_of(sum((self.counts or ())[-self._half :]), self.n)
        if self.people is None or not self.n or self.people >= self.n:
            return share
        likely = round(share.count * self.people / self.n)
        return Share(share.count, share.n, share_of(likely, self.people).interval)

    @property
    def mean(self) -> float | None:
        return self.spread.mean

    @property
    def spread(self) -> Spread:
        """Mean, deviation, median and the interval of the mean."""
        values = dict(enumerate(self.counts or (), start=self.first))
        return spread_of(values, people=self.people)

    @property
    def _half(self) -> int:
        """How many points are below the middle, and above it."""
        return len(self.counts or ()) // 2

    def _percent(self, first: int, last: int | None) -> int:
        return round(100 * sum((self.counts or ())[first:last]) / self.n) if self.n else 0


def make_bar(
    label: str | Promise, counts: tuple[int, ...] | None, *, note: str = "", **numbers: Any
) -> Bar:
    """A bar of these counts; without segments when they are hidden or nobody answered.

    `numbers` are the further fields of a Bar.
    """
    segments = _segments(counts) if counts and sum(counts) else ()
    numbers = {"not_applicable": 0} | numbers
    return Bar(label=label, note=note, counts=counts, segments=segments, **numbers)


def kinds_of(points: int) -> list[str]:
    """The colour of each point of a scale: two shades on either side, and neutral in the middle
    of an odd number.

    >>> kinds_of(5)
    ['disagree-2', 'disagree-1', 'neutral', 'agree-1', 'agree-2']
    >>> kinds_of(4)
    ['disagree-2', 'disagree-1', 'agree-1', 'agree-2']
    """
    half = points // 2
    shades = [2 if place < half / 2 else 1 for place in range(half)]
    middle = ["neutral"] * (points % 2)
    below = [f"disagree-{shade}" for shade in shades]
    return [*below, *middle, *(f"agree-{shade}" for shade in reversed(shades))]


def _segments(counts: tuple[int, ...]) -> tuple[Segment, ...]:
    widths = [100 * count / sum(counts) for count in counts]
    half = len(counts) // 2
    middle = widths[half] / 2 if len(counts) % 2 else 0
    x = 100 - sum(widths[:half]) - middle
    segments = []
    for kind, width in zip(kinds_of(len(counts)), widths, strict=True):
        if width:
            segments.append(Segment(kind, round(x, 2), round(width, 2)))
        x += width
    return tuple(segments)


def what_it_shows(bars: Iterable[Bar]) -> str:
    """The sentence above the chart: where people agree most and least. The bars are those of
    statements towards what they measure."""
    seen = [bar for bar in bars if bar.n]
    if len(seen) < 2:
        return ""
    most, least = max(seen, key=lambda bar: bar.agree), min(seen, key=lambda bar: bar.agree)
    if most.agree == least.agree:
        return ""
    return _(
        "People agree most with “%(most)s” (%(most_share)d%%), and least with “%(least)s” "
        "(%(least_share)d%%)."
    ) % {
        "most": most.label,
        "most_share": most.agree,
        "least": least.label,
        "least_share": least.agree,
    }
