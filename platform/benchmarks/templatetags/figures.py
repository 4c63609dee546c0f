"""Words and numbers that the templates of figures ask for."""

from typing import Any

from django import template

from benchmarks.enums import FigureStatus
from benchmarks.wording import mark_of, said, tone_of

register = template.Library()

TONES = {FigureStatus.CHECKED: "good", FigureStatus.DISPUTED: "attention"}


@register.filter
def said_number(value: Any) -> str:
    """A figure without zeros at its end."""
    return said(None if value is None else float(value))


@register.filter
def status_tone(status: str) -> str:
    """The tone of a figure's status."""
    return TONES.get(FigureStatus(status), "neutral")


@register.filter
def mark(standing: Any) -> str:
    """In a word or two what stands out."""
    return mark_of(standing)


@register.filter
def mark_tone(standing: Any) -> str:
    return tone_of(standing)
