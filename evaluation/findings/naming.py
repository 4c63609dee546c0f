"""Do participants name it: what they say of use and change, in the survey and in interviews.

It is about the benchmark, not about one figure, and it is asked of those who take part. So it may
stand beside a claim and never makes one: no grade and no reservation looks at it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from evaluation.domain.ground import Ground
from evaluation.domain.missing import known
from surveys.evidence import ItemResultRow

CONSTRUCTS = frozenset({"saving", "steering", "way_of_working", "goal_attainment"})
"""What it yields: statements of the survey and ratings of interviews have these names."""
RATED = CONSTRUCTS | {"implementing_best_practices", "efficiency_improvement"}
MENTIONED = {
    "use_of_knowledge": frozenset({"instrumental"}),
    "learning_experience": frozenset({"policy_change"}),
}
"""Coded variables, and the values that speak of a decision or a change."""
HIGHEST = frozenset({"++", "high", "sufficient"})
MIDDLE = 3.0
"""Of the five-point scale."""


def named_in_survey(rows: Iterable[ItemResultRow], cycle_id: int) -> dict[int, bool]:
    """Of each organisation whose answers may be shown, whether it says that the benchmark yields
    something: the mean of its means over the statements on use and change is above the middle.

    Means are turned around where a statement is reversed. An organisation of which too few
    answered has none, and is not in it.
    """
    means: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if row.cycle_id != cycle_id or row.construct not in CONSTRUCTS:
            continue
        if row.organisation_id is not None and row.mean is not None:
            means[row.organisation_id].append(row.mean)
    return {each: sum(found) / len(found) > MIDDLE for each, found in sorted(means.items())}


def named_in_interviews(ground: Ground) -> dict[int, bool]:
    """Of each organisation of which anything of this was coded, whether any of it was rated highest
    or mentioned. Who only tells of other experiences was not asked for this: it is not known."""
    said: dict[int, list[bool]] = defaultdict(list)
    for row in ground.codings:
        if row.variable in RATED and known(row.value):
            said[row.organisation_id].append(row.value in HIGHEST)
        elif row.value in MENTIONED.get(row.variable, ()):
            said[row.organisation_id].append(True)
    return {each: any(names) for each, names in sorted(said.items())}


def counted(named: Mapping[int, bool], organisations: Iterable[int]) -> dict[str, int]:
    """How many of these organisations name it, of those of which it is known.

    >>> counted({1: True, 2: False}, [1, 2, 3])
    {'count': 1, 'of': 2}
    """
    asked = [named[each] for each in organisations if each in named]
    return {"count": sum(asked), "of": len(asked)}
