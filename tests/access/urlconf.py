"""The addresses of the product, as the URLconf has them."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PAGE = frozenset({"GET", "POST"})


@dataclass(frozen=True)
class Address:
    """One address: its full name, its route, and the methods that the table must speak of."""

    name: str
    route: str
    methods: frozenset[str]


def addresses(resolver: Any = None, route: str = "", space: str = "") -> Iterator[Address]:
    """Every address, rooms and libraries alike, in the order of the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(space + (pattern.name or ""), here, _methods(pattern))
        elif isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, here, inner)


def _methods(pattern: URLPattern) -> frozenset[str]:
    """GET and POST for a page; of an API path, the methods of its operations.

    django-ninja wraps the object that knows the operations of a path in a function.
    """
    if not inspect.isfunction(pattern.callback):
        return PAGE
    held = inspect.getclosurevars(pattern.callback).nonlocals.get("self")
    operations = getattr(held, "operations", None)
    if operations is None:
        return PAGE
    return frozenset(method for operation in operations for method in operation.methods)


def filled(route: str, values: dict[str, object]) -> str:
    """A path for a route of a library, with real values by the argument's name."""
    route = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", route.replace("^", "").rstrip("$"))
    route = route.replace("\\.", ".").replace(".*/", "anything/")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda hit: str(values.get(hit[1], 1)), route)
