"""Can sums that are known be combined into one about very few? Linear algebra, exact.

Each respondent is a vector: a one for every shown sum they are part of. What a reader can work out
is any linear combination of the sums, so a linear functional on these vectors, and it tells of the
respondents for whom that functional isn't zero. The question is thus whether some functional that
isn't zero everywhere is nonzero for fewer respondents than the minimum; in a graph this would be
its smallest cut, and as there the search contracts what can't be cut (Nagamochi and Ibaraki 1992,
Computing edge-connectivity in multigraphs, SIAM Journal on Discrete Mathematics 5), then branches.

Numbers are taken modulo a prime of 61 bits: no rounding, and no fractions that grow.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

PRIME = 2**61 - 1
MOST_STEPS = 60
"""After so many branches without an answer the search gives up, and says that there may be one."""

type Vector = dict[int, int]


@dataclass(slots=True)
class Line:
    """Respondents whose vectors point the same way: a functional is zero for all or for none."""

    vector: Vector
    weight: int
    members: set[Hashable]


class Span:
    """All combinations of some vectors, kept as rows that each begin at a place of their own."""

    def __init__(self) -> None:
        self.rows: dict[int, Vector] = {}

    def reduce(self, vector: Vector) -> Vector:
        """What is left of a vector beside these combinations; empty when it is one of them."""
        left = dict(vector)
        places = list(left)
        heapify(places)
        while places:
            place = heappop(places)
            row = self.rows.get(place)
            if row is None or place not in left:
                continue
            times = left[place]
            for other, value in row.items():
                if other not in left:
                    heappush(places, other)
                new = (left.get(other, 0) - times * value) % PRIME
                if new:
                    left[other] = new
                else:
                    left.pop(other, None)
        return left

    def add(self, vector: Vector) -> bool:
        """Take a vector in; False when it was a combination already."""
        left = self.reduce(vector)
        if not left:
            return False
        first = min(left)
        scale = pow(left[first], -1, PRIME)
        self.rows[first] = {place: value * scale % PRIME for place, value in left.items()}
        return True


class Search:
    """The search for a functional that concerns fewer than `minimum` respondents, and someone."""

    def __init__(self) -> None:
        self.steps = 0

    def few(self, lines: list[Line], minimum: int) -> set[Hashable] | None:
        """Members whom a functional tells of, fewer than the minimum; None when there is none."""
        lines = _contract(lines, minimum)
        if not lines:
            return None
        self.steps += 1
        if self.steps > MOST_STEPS or sum(line.weight for line in lines) < minimum:
            return set().union(*(line.members for line in lines))
        heaviest = max(lines, key=lambda line: line.weight)
        untouched = self.few(_beside(lines, [heaviest]), minimum)
        if untouched is not None:
            return untouched
        touched = [
            Line(line.vector, 0 if line is heaviest else line.weight, line.members)
            for line in lines
        ]
        return self.few(touched, minimum - heaviest.weight)


def _contract(lines: list[Line], minimum: int) -> list[Line]:
    """What is left when functionals must be zero wherever they would concern enough respondents."""
    while lines and (sure := _enough_beside(lines, minimum)):
        lines = _beside(lines, sure)
    return lines


def _enough_beside(lines: list[Line], minimum: int) -> list[Line]:
    """Lines for which a functional can't be nonzero without being so for `minimum` respondents.

    Respondents are laid in `minimum` - 1 independent sets, each in the first that will have it. One
    that none will have is a combination of each: nonzero there means nonzero somewhere in each.
    """
    sets = [Span() for _each in range(minimum - 1)]
    return [
        line
        for line in sorted(lines, key=lambda line: line.weight)
        if _laid(line, sets) < line.weight
    ]


def _laid(line: Line, sets: list[Span]) -> int:
    """How many of the line's respondents found a place in one of the sets, one in each."""
    laid = 0
    for span in sets:
        if laid == line.weight:
            break
        laid += span.add(line.vector)
    return laid


def _beside(lines: list[Line], gone: list[Line]) -> list[Line]:
    """The lines as they differ when functionals are zero on those that are gone."""
    span = Span()
    for line in gone:
        span.add(line.vector)
    return _together(Line(span.reduce(line.vector), line.weight, line.members) for line in lines)


def _together(lines: Iterable[Line]) -> list[Line]:
    """Lines that point the same way as one; those without a direction are left out."""
    found: dict[tuple[tuple[int, int], ...], Line] = {}
    for line in lines:
        if not line.vector:
            continue
        key = _direction(line.vector)
        same = found.get(key)
        if same is None:
            found[key] = Line(dict(key), line.weight, set(line.members))
        else:
            same.weight += line.weight
            same.members |= line.members
    return list(found.values())


def _direction(vector: Vector) -> tuple[tuple[int, int], ...]:
    """The vector scaled so that its first number is one."""
    places = sorted(vector)
    scale = pow(vector[places[0]], -1, PRIME)
    return tuple((place, vector[place] * scale % PRIME) for place in places)


def few_told_of[M: Hashable](
    members: Mapping[M, tuple[Iterable[int], int]], minimum: int
) -> set[M]:
    """Members whom some combination of sums tells of, with fewer than `minimum` respondents.

    `members` gives for each the numbers of the sums it is part of, and how many respondents it is.
    Empty when there is no such combination.
    """
    lines = [
        Line(dict.fromkeys(sums, 1), weight, {member})
        for member, (sums, weight) in members.items()
        if weight > 0
    ]
    found = Search().few(_together(lines), minimum) or set()
    return {member for member in members if member in found}
