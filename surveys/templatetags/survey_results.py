"""Numbers of results as they stand on a page."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """A share from 0 to 1 as whole percents; nothing for None."""
    return "" if share is None else f"{round(100 * share)}%"


@register.filter
def signed(number: float | None, decimals: int = 2) -> str:
    """A change with its sign, and a minus that is as wide as a plus; 0 has none."""
    if number is None:
        return ""
    rounded = round(number, decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{number_format(abs(rounded), decimals)}"
