"""What is measured, and what it means."""

from typing import Any

from benchmarks.models import Indicator, IndicatorDefinition, Programme
from core.records import keep


def define_indicator(
    programme: Programme,
    *,
    code: str,
    position: int = 0,
    category: str = "",
    version: int = 1,
    **definition: Any,
) -> IndicatorDefinition:
    """Make an indicator of a programme with one version of its definition."""
    key = {"programme": programme, "code": code}
    indicator = keep(Indicator, key, position=position, category=category)
    return keep(IndicatorDefinition, {"indicator": indicator, "version": version}, **definition)
