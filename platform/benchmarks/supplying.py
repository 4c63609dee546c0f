"""What organisations supply themselves, and for which periods."""

from typing import Any

from django.utils import timezone

from benchmarks.enums import Supplier
from benchmarks.importing.catalogue import newest_definitions
from benchmarks.models import IndicatorDefinition, Programme
from benchmarks.periods import period_of

BACK = {"year": 3, "quarter": 6, "month": 12}
"""How many periods are offered: the present one and those before."""


def supplied(programme: Programme) -> list[IndicatorDefinition]:
    """What organisations supply themselves, by the definition of now."""
    return [
        each
        for each in newest_definitions(programme).values()
        if each.supplied_by == Supplier.ORGANISATION
    ]


def periods_offered(definitions: list[IndicatorDefinition]) -> list[str]:
    """The present period and some before it, of each kind that is measured by, newest first."""
    kinds: dict[str, Any] = {each.period: None for each in definitions}
    today = timezone.localdate()
    return [
        str(period_of(today, kind).moved(-back)) for kind in kinds for back in range(BACK[kind])
    ]


def newest_to_enter(programme: Programme) -> str:
    """The period that an organisation most likely wants to fill in; empty when it supplies none."""
    return next(iter(periods_offered(supplied(programme))), "")
