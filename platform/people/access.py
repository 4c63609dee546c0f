"""What only higher rooms know of a role: which organisations it opens, and how far it reaches."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

type Reach = Callable[[Any], QuerySet]

_reaches: list[Reach] = []


def add_reach(reach: Reach) -> None:
    """A higher room says which organisations (a queryset of primary keys) a user's roles open."""
    if reach not in _reaches:
        _reaches.append(reach)


type Holds = Callable[[Any], bool]

_far_reaching: list[Holds] = []


def add_far_reaching(holds: Holds) -> None:
    """A higher room says whether somebody holds a role that a second factor must guard."""
    if holds not in _far_reaching:
        _far_reaching.append(holds)


def holds_far_reaching_role(user: Any) -> bool:
    """Administrator of the installation, or what higher rooms call far-reaching."""
    return bool(user.is_superuser) or any(holds(user) for holds in _far_reaching)


def reach_of(user: Any) -> Any:
    """Primary keys of the organisations that roles in programmes open to this user."""
    from_roles: Any = []
    for reach in _reaches:
        found = reach(user)
        from_roles = found if not isinstance(from_roles, QuerySet) else from_roles | found
    return from_roles
