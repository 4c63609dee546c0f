"""What a token of the API may be for. Each room declares the scopes of its own operations."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Scope:
    """Something that a token may be for, e.g. `figures:read`, and in words what that opens."""

    code: str
    label: str | Promise
    order: int


_scopes: dict[str, Scope] = {}


def add_scope(code: str, label: str | Promise, *, order: int) -> None:
    """A room says what a token may be for; saying it again changes nothing."""
    _scopes[code] = Scope(code, label, order)


def known_scopes() -> list[Scope]:
    """All scopes, in the order in which a page shows them."""
    return sorted(_scopes.values(), key=lambda scope: scope.order)


def labels_of(codes: Iterable[str]) -> list[str | Promise]:
    """What these scopes open, in words; a scope that no room declares any more opens nothing."""
    wanted = set(codes)
    return [scope.label for scope in known_scopes() if scope.code in wanted]
