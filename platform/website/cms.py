"""What Wagtail's editor needs under a policy without `unsafe-inline` for scripts: nonces.

Wagtail writes a few inline scripts (date fields, choosers) in widgets, which are rendered without
a request. So the nonce of the request stands in a context variable while a page under /cms/ is
made, and exactly those scripts get it: by our copies of three widget templates, and by the
replacement of one method below. Nothing else that might appear in a page gets it.
"""

import contextvars
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.urls import ResolverMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets.chooser import BaseChooser

_nonce: contextvars.ContextVar[Any] = contextvars.ContextVar("cms_nonce", default=None)


@contextmanager
def nonce_in_widgets(nonce: Any) -> Iterator[None]:
    """While this lasts, inline scripts of widgets bear this nonce."""
    token = _nonce.set(nonce)
    try:
        yield
    finally:
        _nonce.reset(token)


def nonce_attribute() -> str:
    """` nonce="..."`, or nothing outside a page under /cms/."""
    nonce = _nonce.get()
    return format_html(' nonce="{}"', str(nonce)) if nonce is not None else ""


def _render(
    self: BaseChooser, name: str, value: Any, attrs: Any = None, renderer: Any = None
) -> SafeString:
    """As in Wagtail, with the nonce on the script."""
    data = self.get_value_data(value)
    html = self.render_html(name, data, attrs)
    script = self.render_js_init(attrs["id"], name, data)
    whole = f"{html}<script{nonce_attribute()}>{script}</script>"
    return mark_safe(whole)  # noqa: S308 - as Wagtail does; the script is JSON of its own making


def give_choosers_the_nonce() -> None:
    """Let Wagtail's choosers write their script with the nonce."""
    BaseChooser.render = _render


# --- Which parts of it are open to others than administrators ----------------------------------

_parts: dict[Callable[[Any, ResolverMatch], bool], str] = {}


def open_part(may_open: Callable[[Any, ResolverMatch], bool], *, front: str) -> None:
    """Open addresses under /cms/ to people for whom `may_open(user, match)` is true.

    It may raise Http404 for an address that is of its part, and not this person's. `front` is the
    name of the address where they begin.
    """
    _parts[may_open] = front


def front_door() -> str:
    """The name of the address that stands for the home of the admin, to who isn't administrator."""
    return next(iter(_parts.values()))


def is_open_to(user: Any, match: ResolverMatch) -> bool:
    """May somebody who isn't an administrator open this address?"""
    return any(may_open(user, match) for may_open in _parts)
