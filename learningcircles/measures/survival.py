"""How long until something is done, when much of it isn't done yet.

The median of what is done flatters: it leaves out whatever takes longest. Here an action that is
still open counts as *censored*: it took at least as long as it has been open. The curve is the
product-limit estimate (Kaplan & Meier 1958, JASA 53: 457), its variance Greenwood's, its interval
that of log(-log S); the interval of the median inverts that (Brookmeyer & Crowley 1982,
Biometrics 38: 29). `scipy.stats.ecdf` computes the same and is what the tests compare with; it
takes a second to import, which is why a web process does without.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

Z = 1.959963984540054
"""The normal quantile of a two-sided interval of 95%."""

EVEN = 1e-9
"""What two products of fractions may differ by and still be the same number."""

type Duration = tuple[int, bool]
"""Days, and whether it ended in the event; otherwise it is known to be longer only."""


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which something was done: who could still do it, who did, and the curve after it.

    `still_open` is the share that takes longer than `day` days; `low` and `high` its interval of
    95%, None where it isn't defined (at 1 and at 0).
    """

    day: int
    at_risk: int
    done: int
    still_open: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """The steps of a curve, how many durations it rests on, and how many of them are censored."""

    n: int
    censored: int
    last_day: int
    steps: tuple[Step, ...]
    ends: tuple[tuple[int, int], ...] = ()
    """How many durations ended on a day, done or censored, in order of days."""

    @property
    def median(self) -> int | None:
        """First day on which at most half is still open; None when it never came to that."""
        return next((s.day for s in self.steps if s.still_open <= 0.5 + EVEN), None)

    @property
    def interval(self) -> tuple[int | None, int | None] | None:
        """The median's interval of 95%; an end that isn't reached is None, and so are both."""
        low = _first_under(self.steps, [s.low for s in self.steps])
        high = _first_under(self.steps, [s.high for s in self.steps])
        return None if low is None else (low, high)

    def at_risk(self, day: int) -> int:
        """How many took at least so many days: the number under the axis of the curve."""
        return sum(n for ended, n in self.ends if ended >= day)


def _first_under(steps: tuple[Step, ...], bounds: list[float | None]) -> int | None:
    """First day on which a bound of the curve is at most a half."""
    for step, bound in zip(steps, bounds, strict=True):
        if bound is not None and bound <= 0.5 + EVEN:
            return step.day
    return None


def _interval(share: float, hazard: float) -> tuple[float | None, float | None]:
    """The interval of a point of the curve on the scale log(-log S), Greenwood's sum given."""
    if not 0 < share < 1:
        return None, None
    spread = math.exp(Z * math.sqrt(hazard) / abs(math.log(share)))
    return share**spread, share ** (1 / spread)


def product_limit(durations: Iterable[Duration]) -> Curve:
    """The product-limit curve of durations in days, each with whether it ended in the event.

    A duration that is censored on a day counts as still at risk on that day.

    >>> curve = product_limit([(6, True), (7, False), (10, True), (15, True)])
    >>> [(step.day, step.at_risk, round(step.still_open, 3)) for step in curve.steps]
    [(6, 4, 0.75), (10, 2, 0.375), (15, 1, 0.0)]
    >>> curve.median, curve.censored
    (10, 1)
    """
    return curve_of(Counter(durations))


def curve_of(counts: dict[Duration, int]) -> Curve:
    """The same curve from how many there are of each duration: {(days, ended): how many}."""
    n = at_risk = sum(counts.values())
    share, hazard, steps, ends = 1.0, 0.0, [], []
    for day in sorted({day for day, _ended in counts}):
        done = counts.get((day, True), 0)
        if done:
            share = share * (at_risk - done) / at_risk
            hazard += done / (at_risk * (at_risk - done)) if at_risk > done else math.inf
            steps.append(Step(day, at_risk, done, share, *_interval(share, hazard)))
        ended = done + counts.get((day, False), 0)
        at_risk -= ended
        ends.append((day, ended))
    censored = sum(n for (_day, ended), n in counts.items() if not ended)
    last_day = ends[-1][0] if ends else 0
    return Curve(n, censored, last_day, tuple(steps), tuple(ends))
