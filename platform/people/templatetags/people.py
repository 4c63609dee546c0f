"""Words for what people hold."""

from collections.abc import Iterable

from django import template

from people.scopes import labels_of

register = template.Library()


@register.filter
def scope_words(codes: Iterable[str]) -> str:
    """What the scopes of a token open, in one line."""
    return ", ".join(map(str, labels_of(codes)))
