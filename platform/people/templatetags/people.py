"""Words for what people hold."""

from collections.abc import Iterable

from django import template

from people import browsers
from people.scopes import labels_of

register = template.Library()


@register.filter
def scope_words(codes: Iterable[str]) -> str:
    """What the scopes of a token open, in one line."""
    return ", ".join(map(str, labels_of(codes)))


@register.filter
def browser_words(user_agent: str) -> str:
    """What a browser is called."""
    return browsers.browser_words(user_agent)
