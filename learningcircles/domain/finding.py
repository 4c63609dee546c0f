"""Finding what a command names."""

from django.utils.translation import gettext as _

from benchmarks.models import Participation, Programme
from core.exceptions import InvalidInput


def participants_by_code(programme: Programme) -> dict[str, int]:
    """Primary keys of who takes part, by each code that a file may name them with: how the
    programme refers to them, their own code, and that of Statistics Netherlands."""
    rows = Participation.objects.filter(cycle__programme=programme).order_by("cycle__starts_on")
    names = rows.values_list("organisation__cbs_code", "organisation__code", "reference")
    found: dict[str, int] = {}
    for organisation, codes in zip(rows.values_list("organisation", flat=True), names, strict=True):
        found |= dict.fromkeys((code for code in codes if code), organisation)
    return found


def find_participant(programme: Programme, code: str) -> int:
    """The participant with this code. Raises InvalidInput when there is none."""
    found = participants_by_code(programme).get(code)
    if found is None:
        raise InvalidInput(
            _("No organisation “%(code)s” takes part in this benchmark.") % {"code": code}
        )
    return found
