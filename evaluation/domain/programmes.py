"""Finding the round that a command names."""

from django.utils.translation import gettext as _

from benchmarks.models import Cycle, Programme
from core.exceptions import InvalidInput


def find_cycle(programme: Programme, name: str | None) -> Cycle | None:
    """The round of this name; None for the newest. Raises InvalidInput when there is none."""
    if name is None:
        return None
    cycle = programme.cycles.filter(name=name).first()
    if cycle is None:
        known = ", ".join(programme.cycles.values_list("name", flat=True))
        raise InvalidInput(
            _("There is no round “%(name)s”; known are: %(known)s.")
            % {"name": name, "known": known or _("none")}
        )
    return cycle
