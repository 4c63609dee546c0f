"""Addresses under a personal link, made and read without walking through every address of the site.

All links have the same pages, so what an address is made of, and which view it leads to, is found
once with a chance string in the place of the token, and kept in the process.
"""

import secrets
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.urls import ResolverMatch, resolve, reverse

PREFIX = "/s/"
OPEN = "open"
"""Not a token: the addresses of open links begin with it."""
TOKEN_HERE = secrets.token_hex(16)
"""Stands for the token in whatever is kept for all links. Chance, so that no text can hold it."""
ADDRESSES_KEPT = 256


def address(name: str, token: str, *further: str) -> str:
    """The address of a page under this link; `token` must be that of a known link."""
    return _pattern(name, further).replace(TOKEN_HERE, token)


@lru_cache(maxsize=ADDRESSES_KEPT)
def _pattern(name: str, further: tuple[str, ...]) -> str:
    return reverse(name, args=[TOKEN_HERE, *further])


def view_of(path: str) -> tuple[Callable[..., HttpResponse], tuple[Any, ...], dict[str, Any]]:
    """The view that answers a path under PREFIX, and what it is called with. Raises Http404."""
    token, slash, rest = path.removeprefix(PREFIX).partition("/")
    if slash and token not in ("", OPEN):
        kept = _match(rest)
        if kept.kwargs.get("token") == TOKEN_HERE:
            return kept.func, kept.args, kept.kwargs | {"token": token}
    match = resolve(path)
    return match.func, match.args, match.kwargs


@lru_cache(maxsize=ADDRESSES_KEPT)
def _match(rest: str) -> ResolverMatch:
    return resolve(f"{PREFIX}{TOKEN_HERE}/{rest}")
