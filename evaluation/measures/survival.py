"""Time to done of actions of which some are still open: the open ones count as long as they ran."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
FEWEST_UNITS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """At `time` so many were still at risk, `done` finished, and a share `open` was left."""

    time: float
    at_risk: int
    done: int
    open: float
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Survival:
    """The curve; `median` is None while more than half are open, its interval may be open-ended."""

    n: int
    done: int
    steps: tuple[Step, ...]
    median: float | None
    median_interval: tuple[float | None, float | None] | None


def survival(times: Sequence[float], finished: Sequence[bool]) -> Survival:
    """Product-limit estimate of the share still open, in the unit of time given.

    S(t) = product over times up to t of (1 - d / n), d finished of n at risk; who is censored at a
    time was at risk then. 95% interval by log(-log S) with Greenwood's variance; the median is
    the first time with S at most 1/2, and its interval where the band reaches 1/2 (Brookmeyer and
    Crowley 1982). With five or fewer there are steps and no intervals. Raises ValueError for
    a negative time or unequal lengths.
    Source: Kaplan and Meier (1958), JASA 53.

    By hand: of 4 one is done at 1 (3/4 left), one is lost at 2, one done at 3 (3/4 * 1/2 left).

    >>> found = survival([1, 2, 3, 4], [True, False, True, False])
    >>> [step.open for step in found.steps], found.median
    ([0.75, 0.375], 3)
    """
    pairs = sorted(zip(times, finished, strict=True))
    if any(time < 0 for time, _done in pairs):
        raise ValueError("a time is never negative")
    steps = tuple(_steps(pairs))
    few = len(pairs) < FEWEST_UNITS
    median = next((step.time for step in steps if step.open <= 0.5 + 1e-12), None)
    return Survival(
        n=len(pairs),
        done=sum(done for _time, done in pairs),
        steps=steps,
        median=median,
        median_interval=None if few or not steps else _median_interval(steps),
    )


def _steps(pairs: Sequence[tuple[float, bool]]) -> list[Step]:
    steps, left, variance = [], 1.0, 0.0
    times, count = [time for time, _done in pairs], Counter(time for time, done in pairs if done)
    for time, done in sorted(count.items()):
        at_risk = len(times) - bisect_left(times, time)
        left *= 1 - done / at_risk
        if at_risk > done:
            variance += done / (at_risk * (at_risk - done))
        interval = _band(left, variance) if len(pairs) >= FEWEST_UNITS else None
        steps.append(Step(time, at_risk, done, left, interval))
    return steps


def _band(left: float, variance: float) -> tuple[float, float]:
    if left <= 0:
        return (0.0, 0.0)
    half = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * sqrt(variance) / log(left)
    ends = [exp(log(left) * exp(sign * half)) for sign in (1, -1)]
    return (min(ends), max(ends))


def _median_interval(steps: Sequence[Step]) -> tuple[float | None, float | None]:
    """From where the lower end of the band reaches 1/2 to where the upper end does."""
    low = next((step.time for step in steps if step.interval and step.interval[0] <= 0.5), None)
    high = next((step.time for step in steps if step.interval and step.interval[1] <= 0.5), None)
    return low, high
