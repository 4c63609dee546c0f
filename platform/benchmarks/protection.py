"""Which groups an organisation may be laid beside as long as figures aren't shared. Pure.

A group counts the others only: the organisation knows its own value. Every group must be large
enough, and so must what is left when one group is taken from another: whoever sees all participants
and the own region can reason about the rest. The groups are judged together, in a fixed order, so
that what is shown doesn't depend on which group somebody happened to look at first.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from functools import lru_cache

from benchmarks.enums import GroupKind
from core.disclosure import enough, protect_breakdowns

type Traits = tuple[Hashable, Hashable, bool]
"""Size class, region, and whether the value is among the best quarter."""

ORDER = (GroupKind.SIZE, GroupKind.REGION, GroupKind.BEST)


def open_groups(
    own: tuple[Hashable, Hashable], others: Sequence[Traits], minimum: int
) -> frozenset[GroupKind]:
    """The groups that may be shown to an organisation of this size class and region.

    `others` are the other organisations that have a value; `minimum` is the fewest behind a number.
    A group that somebody chooses freely is never among them: two choices that differ in one
    organisation would give that one away.

    >>> own, near, far = ("S", "N"), ("S", "N", False), ("L", "N", False)
    >>> sorted(each.value for each in open_groups(own, [near] * 5 + [far] * 5, 5))
    ['all', 'region', 'size']
    >>> sorted(each.value for each in open_groups(own, [near] * 5 + [far] * 4, 5))
    ['all', 'region']
    """
    return _open_groups(own, frozenset(Counter(others).items()), minimum)


@lru_cache(maxsize=4096)
def _open_groups(
    own: tuple[Hashable, Hashable], cells: frozenset[tuple[Traits, int]], minimum: int
) -> frozenset[GroupKind]:
    """The same for all organisations of one kind, so it is remembered."""
    sizes: dict[tuple[Hashable, ...], int] = dict(cells)
    if not enough(sum(sizes.values()), minimum):
        return frozenset()
    beside = {(0, own[0]), (1, own[1]), (2, True)}
    shown = protect_breakdowns(sizes, minimum, beside=beside) or set()
    named = {ORDER[number] for number, group in shown if (number, group) in beside}
    return frozenset({GroupKind.ALL} | named)
