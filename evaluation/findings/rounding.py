"""Numbers as a run keeps them: six figures that count, so that equal input gives equal bytes."""

from collections.abc import Callable, Sequence
from typing import Any

type Payload = dict[str, Any]
"""One thing to be computed with everything it rests on, as JSON: any worker may do it."""
type Step = Callable[[int], None]
"""Hears how far a run is, in percent; may raise to stop the work."""
type Spread = Callable[[Sequence[Payload], Step], list[dict[str, Any]]]
"""Has payloads done, here or by several workers; their results in the same order."""


def rounded(value: float | None) -> float | None:
    """Six significant figures; None stays None.

    Rounded to twelve first: a number that lies halfway in the data is rounded the same way whatever
    the order in which a machine summed up.

    >>> rounded(1234.56789), rounded(0.000123456789), rounded(-0.0), rounded(None)
    (1234.57, 0.000123457, 0.0, None)
    >>> rounded(0.1805375000000001) == rounded(0.1805374999999999)
    True
    """
    return None if value is None else float(f"{float(f'{value:.12g}'):.6g}") + 0.0


def turned(interval: Sequence[float], sign: int) -> list[float | None]:
    """An interval of a number times 1 or -1, lowest first.

    >>> turned((1.0, 2.0), -1)
    [-2.0, -1.0]
    """
    return [rounded(end) for end in sorted(sign * end for end in interval)]
