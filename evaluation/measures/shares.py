"""Shares and the funnel of chains: how many of how many, with an interval that few units allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n`; `value` and `interval` are None where there was nothing to count."""

    count: int
    n: int
    value: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A link of a chain: how many got this far, of all that began and of the link before."""

    name: str
    of_all: Share
    of_previous: Share


def share(count: int, n: int) -> Share:
    """A share with Wilson's 95% interval, which stays within 0 and 1 and is right for few units.

    centre = (count + z^2 / 2) / (n + z^2); half = z / (n + z^2) * sqrt(count * rest / n + z^2 / 4).
    Raises ValueError for a count outside 0 to n.
    Source: Wilson (1927), JASA 22; Brown, Cai and DasGupta (2001), Statistical Science 16.

    Newcombe (1998), Stat Med 17, table I: 81 of 263 is 0.2553 to 0.3662.

    >>> [round(end, 4) for end in share(81, 263).interval]
    [0.2553, 0.3662]
    >>> share(0, 0).value is None
    True
    """
    if not 0 <= count <= n:
        raise ValueError("a count lies between 0 and n")
    if n == 0:
        return Share(0, 0, None, None)
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    centre = (count + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * (count * (n - count) / n + z**2 / 4) ** 0.5
    low = 0.0 if count == 0 else centre - half
    high = 1.0 if count == n else centre + half
    return Share(count, n, count / n, (low, high))


def funnel(stages: Sequence[tuple[str, int]]) -> list[Stage]:
    """How far chains get: each link as a share of all that began and of the link before it.

    Raises ValueError when more arrive at a link than left the one before.

    >>> [stage.of_previous.value for stage in funnel([("signal", 8), ("action", 4), ("done", 1)])]
    [1.0, 0.5, 0.25]
    """
    counts = [count for _name, count in stages]
    before = [counts[0], *counts[:-1]] if counts else []
    return [
        Stage(name, share(count, counts[0]), share(count, previous))
        for (name, count), previous in zip(stages, before, strict=True)
    ]
