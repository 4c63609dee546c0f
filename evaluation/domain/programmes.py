"""Finding the programme that a command names."""

from django.utils.translation import gettext as _

from benchmarks.models import Cycle, Programme
from core.exceptions import InvalidInput


def find_programme(code: str) -> Programme:
    """The programme of this code, or InvalidInput with the list of those that are known."""
    programme = Programme.objects.filter(code=code).first()
    if programme is None:
        codes = ", ".join(Programme.objects.order_by("code").values_list("code", flat=True))
        raise InvalidInput(
            _("There is no programme “%(code)s”; known are: %(known)s.")
            % {"code": code, "known": codes or _("none")}
        )
    return programme


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
