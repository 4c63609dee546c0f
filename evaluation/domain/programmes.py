"""Finding the programme that a command names."""

from django.utils.translation import gettext as _

from benchmarks.models import Programme
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
