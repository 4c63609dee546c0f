"""How much may stay with an anonymous answer, so that it could be anyone's of enough people.

Whoever was asked as the only one of a small organisation is known by its name, whatever else is
erased. So an organisation, and within it a role, a department or a function, stays with answers
only when at least the minimum group was *asked* with it; and those of whom it is taken away are
always at least as many together. Pure: tuples in, tuples out.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping

UNTOLD = ""


def too_few[K: Hashable](sizes: Mapping[K, int], minimum: int) -> set[K]:
    """The values to take away: of groups under the minimum, and of as many more, smallest first,
    as it takes for those without a value to be the minimum together.

    >>> sorted(too_few({"a": 9, "b": 7, "c": 2}, 5))
    ['b', 'c']
    """
    few = {value for value, size in sizes.items() if size < minimum or value == UNTOLD}
    without = sum(sizes[value] for value in few)
    for value in sorted(sizes.keys() - few, key=lambda value: (sizes[value], str(value))):
        if not few or without >= minimum:
            break
        few.add(value)
        without += sizes[value]
    return few


def perhaps_too_few[K: Hashable](
    invited: Iterable[tuple[K, ...]], on_paper: Iterable[tuple[K, ...]], minimum: int
) -> set[K]:
    """Organisations that may have fewer people than the minimum: who answered on paper may have
    been invited too, so that those two can't be added up.

    >>> perhaps_too_few([("a",)] * 3 + [("b",)] * 6, [("a",)] * 2 + [("b",)], 5)
    {'a'}
    """
    asked = Counter(person[0] for person in invited)
    papers = Counter(person[0] for person in on_paper)
    return {one for one, sheets in papers.items() if max(asked[one], sheets) < minimum}


def coarsen[T: tuple](asked: Iterable[T], minimum: int) -> dict[T, tuple]:
    """For each kind of person that was asked, what may be told of them; "" where it is taken away.

    Persons are equally long tuples, from what weighs most to least. Every tuple that comes out
    stands for at least `minimum` persons, or for all when fewer were asked.
    """
    sizes = Counter(asked)
    told: dict[T, tuple] = dict.fromkeys(sizes, ())
    for level in range(len(next(iter(sizes), ()))):
        groups: dict[tuple, Counter] = defaultdict(Counter)
        for person, size in sizes.items():
            groups[told[person]][person[level]] += size
        few = {prefix: too_few(group, minimum) for prefix, group in groups.items()}
        told = {
            person: (*prefix, UNTOLD if person[level] in few[prefix] else person[level])
            for person, prefix in told.items()
        }
    return told
