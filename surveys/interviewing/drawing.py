"""Drawing at random within strata, so that anybody with the seed gets the same people."""

import random
from collections import defaultdict
from collections.abc import Sequence


def draw_from(pool: Sequence[tuple[int, tuple[str, ...]]], *, each: int, seed: int) -> list[int]:
    """At most `each` numbers from every stratum of the pool of (number, stratum), in order.

    Strata are taken in alphabetical order and numbers in order of size, so that the order in which
    a database gives them doesn't matter.

    >>> draw_from([(1, ("a",)), (2, ("a",)), (3, ("b",))], each=1, seed=7)
    [2, 3]
    """
    strata: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, stratum in pool:
        strata[stratum].append(number)
    dice = random.Random(seed)  # noqa: S311 - must give the same again, not be secret
    drawn: list[int] = []
    for stratum in sorted(strata):
        numbers = sorted(strata[stratum])
        drawn += dice.sample(numbers, min(each, len(numbers)))
    return sorted(drawn)
