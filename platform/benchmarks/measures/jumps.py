"""When a value differs so much from the one of the period before that somebody should look."""

FACTOR = 2


def is_jump(before: float, now: float) -> bool:
    """Did it more than double, more than halve, or change its sign?

    The ratio of two values in one unit; from zero, any change is one. A rule of thumb for checking
    entries, where a wrong unit or a shifted comma gives a factor of 10 or more; it says nothing
    about whether a change is real.

    >>> is_jump(20, 45), is_jump(20, 40), is_jump(20, 9), is_jump(0, 1), is_jump(0, 0)
    (True, False, True, True, False)
    """
    small, large = sorted((abs(before), abs(now)))
    return (before < 0) != (now < 0) or large > FACTOR * small
