"""Groups, what they are made by, and measures of difference, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from people.enums import Role, SizeClass

BY: dict[str, Promise] = {
    "size_class": gettext_lazy("size class"),
    "region": gettext_lazy("region"),
    "rounds": gettext_lazy("round"),
    "role": gettext_lazy("role"),
    "department": gettext_lazy("department"),
}
MEASURES: dict[str, Promise] = {
    "cliffs_delta": gettext_lazy("Cliff's delta"),
    "epsilon_squared": gettext_lazy("epsilon²"),
    "rank_biserial": gettext_lazy("rank-biserial correlation"),
    "ordered_trend": gettext_lazy("trend over rounds"),
    "kendalls_w": gettext_lazy("Kendall's W"),
}


def by_words(by: str) -> str:
    """What groups are made by."""
    return str(BY[by])


def measure_words(measure: str) -> str:
    """The measure of a difference."""
    return str(MEASURES[measure])


def group_words(by: str, group: str) -> str:
    """A group as people read it; a class of a programme's own, or a name, as it is spelled."""
    known = {"size_class": SizeClass, "role": Role}.get(by)
    if known is not None and group in known.values:
        return str(known(group).label)
    return group
