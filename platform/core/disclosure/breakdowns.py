"""Which groups may be shown beside one another, when respondents are broken down in several ways.

A group that is large enough may still give a small one away: subtract the shown organisations from
the whole; or a department that exists in one organisation only from that organisation. So the
breakdowns are judged together, against a reader who knows who is in which group and combines all
that is shown by any sums and differences (algebra.py). What is decided is which groups may be
shown; whatever is shown of them (counts, distributions, means) is a sum over their respondents.

Pure functions: numbers in, groups out.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence

from core.disclosure.algebra import few_told_of
from core.disclosure.counts import enough

type Cell = tuple[Hashable, ...]
type Group = tuple[int, Hashable]
"""The number of the breakdown, and the group in it."""

UNKNOWN: tuple[Hashable, ...] = (None, "")
"""Of whom it isn't known: never a group of its own."""


def protect_breakdowns(
    cells: Mapping[Cell, int],
    minimum: int,
    *,
    expected: Sequence[Collection[Hashable]] = (),
    hidden_before: Collection[Group] = (),
    beside: Collection[Group] = (),
) -> set[Group] | None:
    """The groups that may be shown beside the whole; None when not even the whole may.

    `cells` are respondents by what they are in each breakdown, such as (organisation, role): the
    breakdowns in order of importance, the first keeps most. `expected` are groups that could have
    had respondents; one without any is as small as one with a single respondent. Of two groups that
    would do, one in `hidden_before` is hidden first, so that the pattern stays over waves.
    `beside` narrows the groups down to these.

    >>> protect_breakdowns({("a",): 9, ("b",): 7, ("c",): 2}, 5)
    {(0, 'a')}
    """
    if not enough(sum(cells.values()), minimum):
        return None
    shown: set[Group] = set()
    for number in range(max((len(cell) for cell in cells), default=0)):
        sizes = _sizes(cells, number)
        missing = set(expected[number]) - set(sizes) if number < len(expected) else set()
        groups = {
            (number, group)
            for group, size in sizes.items()
            if enough(size, minimum) and (not beside or (number, group) in beside)
        }
        order = sorted(
            groups,
            key=lambda each: (each not in hidden_before, sizes[each[1]], str(each[1])),
        )
        shown |= _as_many_as_may(shown, order, cells, minimum, zero_hidden=bool(missing))
    return shown


def _sizes(cells: Mapping[Cell, int], number: int) -> dict[Hashable, int]:
    """Respondents by group of one breakdown."""
    sizes: dict[Hashable, int] = {}
    for cell, count in cells.items():
        if cell[number] not in UNKNOWN:
            sizes[cell[number]] = sizes.get(cell[number], 0) + count
    return sizes


def _as_many_as_may(
    shown: set[Group],
    order: list[Group],
    cells: Mapping[Cell, int],
    minimum: int,
    *,
    zero_hidden: bool,
) -> set[Group]:
    """Of the groups of one breakdown, those that may be added; the first in order go first."""
    left = list(order)
    while left:
        more = set(left)
        leak = _rest_is_empty(more, cells) if zero_hidden else set()
        leak = leak or find_leak(cells, shown | more, minimum)
        if not leak:
            return more
        touched = [group for group in left if any(cell[group[0]] == group[1] for cell in leak)]
        left.remove(touched[0] if touched else left[0])
    return set()


def _rest_is_empty(groups: set[Group], cells: Mapping[Cell, int]) -> set[Cell]:
    """All cells when the shown groups are the whole: then a hidden one is known to be zero."""
    number = next(iter(groups))[0]
    rest = sum(count for cell, count in cells.items() if (number, cell[number]) not in groups)
    return set() if rest else set(cells)


def find_leak(cells: Mapping[Cell, int], shown: Collection[Group], minimum: int) -> set[Cell]:
    """Cells of which the whole and these groups together tell something that concerns fewer than
    `minimum` respondents; empty when they don't. It may err on the side of caution.

    >>> find_leak({("a", "x"): 6, ("a", "y"): 1, ("b", "y"): 5}, [(0, "a"), (1, "x")], 5)
    {('a', 'y')}
    """
    numbers = {group: number for number, group in enumerate(shown, start=1)}
    members = {
        cell: ([0, *(numbers[g] for g in enumerate(cell) if g in numbers)], count)
        for cell, count in cells.items()
    }
    return few_told_of(members, minimum)
