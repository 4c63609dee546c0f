"""One organisation's follow-up beside that of the group. No list of organisations, and no rank."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from learningcircles.following import FollowUp
from learningcircles.group import Group
from learningcircles.measures.survival import Curve


@dataclass(frozen=True, slots=True)
class Line:
    """A share or a number of days, ours and the group's, each with what it rests on."""

    label: str
    ours: str
    theirs: str


def _share(part: int, whole: int) -> str:
    if not whole:
        return _("none")
    return _("%(percent)d%% (%(part)d of %(whole)d)") % {
        "percent": round(100 * part / whole),
        "part": part,
        "whole": whole,
    }


def days_in_words(curve: Curve) -> str:
    """The median with its interval, as far as they are reached."""
    if curve.median is None:
        return _("not reached: more than half is still open")
    if curve.interval is None:
        return _("%(median)d days (too few for an interval)") % {"median": curve.median}
    low, high = curve.interval
    return _("%(median)d days (95%% interval %(low)s to %(high)s)") % {
        "median": curve.median,
        "low": low,
        "high": _("not reached") if high is None else high,
    }


def beside_the_group(counts: FollowUp, curve: Curve, group: Group | None) -> list[Line]:
    """What is done, overdue, without owner and carried over, and the median time to done; nothing
    when there is no group to show."""
    if group is None:
        return []
    theirs = group.counts
    shares = (
        (_("Done, of what was agreed"), "done", "agreed"),
        (_("Dropped, of what was agreed"), "dropped", "agreed"),
        (_("Overdue, of what is open"), "overdue", "open"),
        (_("Nobody named, of what is open"), "without_owner", "open"),
        (_("Carried over, of what is open"), "carried_over", "open"),
    )
    lines = [
        Line(
            label,
            _share(getattr(counts, part), getattr(counts, whole)),
            _share(theirs[part], theirs[whole]),
        )
        for label, part, whole in shares
    ]
    median = Line(_("Median time to done"), days_in_words(curve), days_in_words(group.curve))
    return [*lines, median]
