"""Deciding from which mean on a construct counts as moderate, and as sufficient."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from benchmarks.models import Programme
from core.audit import Deed, record
from core.exceptions import InvalidInput
from core.models import log_activity
from surveys.models import Thresholds


@transaction.atomic
def set_thresholds(
    programme: Programme, *, moderate_from: Decimal, sufficient_from: Decimal, by: Any
) -> Thresholds:
    """Set both. Raises InvalidInput when they are off the scale, or the wrong way around."""
    row = Thresholds.objects.filter(programme=programme).first() or Thresholds(programme=programme)
    row.moderate_from, row.sufficient_from = moderate_from, sufficient_from
    if moderate_from >= sufficient_from:
        raise InvalidInput(_("Moderate must begin below sufficient."))
    try:
        row.full_clean(exclude=["programme"])
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages)) from error
    row.save()
    log_activity(
        programme,
        "set thresholds",
        actor=by,
        moderate_from=str(moderate_from),
        sufficient_from=str(sufficient_from),
    )
    set_to = {"moderate_from": str(moderate_from), "sufficient_from": str(sufficient_from)}
    record(Deed.THRESHOLDS_SET, programme, by=by, scope=programme, **set_to)
    return row
