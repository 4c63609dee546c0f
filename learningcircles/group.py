"""How the group stands: all participants of a programme together, and never one of them.

Counted in the daily round and kept, since a page can't count a hundred thousand actions. Shown only
when there are so many organisations that, without one's own, at least as many remain as a number
must rest on: nobody can take their own out and read another's.
"""

from dataclasses import dataclass
from datetime import date

from benchmarks.models import Programme
from learningcircles.measures.survival import Curve, Step
from learningcircles.models import GroupStanding


@dataclass(frozen=True, slots=True)
class Group:
    """The group on a day: how many organisations, counts by name, and its curve."""

    day: date
    organisations: int
    counts: dict[str, int]
    curve: Curve


def group_of(programme: Programme) -> Group | None:
    """How the group stood when it was last counted, or None when it is too small to show."""
    standing = GroupStanding.objects.filter(programme=programme).first()
    if standing is None or standing.organisations <= programme.minimum_group:
        return None
    kept = standing.figures
    steps = tuple(Step(*step) for step in kept["steps"])
    return Group(
        day=standing.day,
        organisations=standing.organisations,
        counts=kept["counts"],
        curve=Curve(kept["n"], kept["censored"], kept["last_day"], steps),
    )
