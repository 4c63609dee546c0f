"""Which organisations lie in somebody's reach through a role that only higher rooms know of."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

type Reach = Callable[[Any], QuerySet]

_reaches: list[Reach] = []


def add_reach(reach: Reach) -> None:
    """A higher room says which organisations (a queryset of primary keys) a user's roles open."""
    if reach not in _reaches:
        _reaches.append(reach)


def reach_of(user: Any) -> Any:
    """Primary keys of the organisations that roles in programmes open to this user."""
    from_roles: Any = []
    for reach in _reaches:
        found = reach(user)
        from_roles = found if not isinstance(from_roles, QuerySet) else from_roles | found
    return from_roles
