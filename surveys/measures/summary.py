"""What a column of counts comes to: mean, deviation, median, a share, and how sure we are of them.

Counts are respondents by value, such as {1: 3, 2: 0, 4: 9} on a scale of 1 to 5.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.measures.distributions import normal_quantile, t_quantile

LEVEL = 0.95

type Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, standard deviation (n - 1), median and interval of the mean; None where it isn't."""

    n: int
    mean: float | None
    sd: float | None
    median: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of n, with the interval of their share; None of nobody."""

    count: int
    n: int
    interval: Interval | None

    @property
    def value(self) -> float | None:
        return self.count / self.n if self.n else None


def spread_of(counts: Mapping[int, int], *, people: int | None = None) -> Spread:
    """Mean, deviation, median and interval of the mean of values by how many gave them.

    The interval is mean ± t s / √people, with people - 1 degrees of freedom. `people` are the
    respondents behind the answers where one gave several (statements about the same thing put
    together): then as few as can be, which makes the interval as wide as it can be. It ends where
    the scale does not: no value is cut off. Source: any textbook; Student (1908), Biometrika 6.

    >>> found = spread_of({1: 1, 2: 0, 4: 3})
    >>> found.n, found.mean, found.sd, found.median, [round(end, 2) for end in found.interval]
    (4, 3.25, 1.5, 4, [0.86, 5.64])
    """
    n = sum(counts.values())
    people = n if people is None else people
    if not n:
        return Spread(0, None, None, None, None)
    total = sum(value * count for value, count in counts.items())
    squares = sum(value * value * count for value, count in counts.items())
    sd = math.sqrt(max(n * squares - total * total, 0) / (n * (n - 1))) if n > 1 else None
    mean = total / n
    return Spread(n, mean, sd, median_of(counts), mean_interval(mean, sd, people))


def mean_interval(
    mean: float, sd: float | None, n: int, *, level: float = LEVEL
) -> Interval | None:
    """The interval of a mean, from its deviation and number; None of fewer than two."""
    if sd is None or n < 2:
        return None
    half = t_quantile(level, n - 1) * sd / math.sqrt(n)
    return mean - half, mean + half


def median_of(counts: Mapping[int, int]) -> float | None:
    """The middle value, or the mean of the two in the middle; None of nobody.

    >>> median_of({1: 2, 3: 1, 5: 1})
    2.0
    """
    n = sum(counts.values())
    if not n:
        return None
    below, above = _at(counts, (n - 1) // 2), _at(counts, n // 2)
    return below if below == above else (below + above) / 2


def quartiles_of(counts: Mapping[int, int]) -> tuple[int, int]:
    """The values between which the middle half lies: those at a quarter and at three quarters of
    all, laid in order and rounded towards the ends. Raises IndexError of nobody.

    >>> quartiles_of({1: 1, 2: 2, 4: 4, 9: 1})
    (2, 4)
    """
    n = sum(counts.values())
    return _at(counts, math.ceil(n / 4) - 1), _at(counts, math.ceil(3 * n / 4) - 1)


def _at(counts: Mapping[int, int], place: int) -> int:
    """The value at a place, from 0, when all are laid in order."""
    for value in sorted(counts):
        place -= counts[value]
        if place < 0:
            return value
    raise IndexError(place)


def share_of(count: int, n: int) -> Share:
    """A share with Wilson's interval."""
    return Share(count, n, wilson_interval(count, n))


def wilson_interval(count: int, n: int, *, level: float = LEVEL) -> Interval | None:
    """The interval of a share, from 0 to 1: which shares are not contradicted by `count` of n.

    (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n). It keeps within 0 and 1 and holds for few
    respondents, which p ± z √(p(1 - p)/n) doesn't. None of nobody.
    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22; method 3 in Newcombe (1998), Statistics in
    Medicine 17, whose table has 81 of 263: 0.2553 to 0.3662.

    >>> [round(end, 4) for end in wilson_interval(81, 263)]
    [0.2553, 0.3662]
    """
    if not n:
        return None
    z = normal_quantile(level)
    p = count / n
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    middle, scale = p + z * z / (2 * n), 1 + z * z / n
    return max((middle - half) / scale, 0.0), min((middle + half) / scale, 1.0)


@dataclass(frozen=True, slots=True)
class Change:
    """Mean now less mean before, with its interval; `pairs` where the same people are compared."""

    before: float
    now: float
    interval: Interval | None
    pairs: int | None = None

    @property
    def value(self) -> float:
        return self.now - self.before

    @property
    def is_clear(self) -> bool:
        """Does the interval leave zero out?"""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


def change_of_groups(before: Spread, now: Spread, *, level: float = LEVEL) -> Change | None:
    """The change between two groups of people, with Welch's interval.

    d ± t √(s1²/n1 + s2²/n2), with the degrees of freedom of Welch and Satterthwaite. Who answered
    twice is in both groups, which makes the interval wider than it need be, not narrower.
    Source: Welch (1947), Biometrika 34.
    """
    if before.mean is None or now.mean is None:
        return None
    parts = [(each.sd or 0) ** 2 / each.n for each in (before, now)]
    square = sum(parts)
    if before.n < 2 or now.n < 2:
        return Change(before.mean, now.mean, None)
    down = parts[0] ** 2 / (before.n - 1) + parts[1] ** 2 / (now.n - 1)
    half = t_quantile(level, square**2 / down) * math.sqrt(square) if down else 0.0
    difference = now.mean - before.mean
    return Change(before.mean, now.mean, (difference - half, difference + half))


def change_of_pairs(n: int, before: float, now: float, squares: float) -> Change | None:
    """The change of n people who answered twice, from Σ before, Σ now and Σ (now - before)².

    The mean of the differences ± t s / √n, with n - 1 degrees of freedom. None of nobody.

    >>> change = change_of_pairs(4, 12, 16, 6)
    >>> change.value, [round(end, 2) for end in change.interval]
    (1.0, [-0.3, 2.3])
    """
    if not n:
        return None
    total = now - before
    sd = math.sqrt(max(n * squares - total * total, 0) / (n * (n - 1))) if n > 1 else None
    return Change(before / n, now / n, mean_interval(total / n, sd, n), pairs=n)
