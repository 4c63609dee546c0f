"""The thresholds of a programme."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LOWEST, HIGHEST = Decimal(1), Decimal(5)


def _mean(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=LOWEST, max_value=HIGHEST, max_digits=3, decimal_places=2
    )


class ThresholdsForm(forms.Form):
    """From which mean on, on the scale of 1 to 5."""

    moderate_from = _mean(_("Moderate from"))
    sufficient_from = _mean(_("Sufficient from"))
