"""The world in which every address is tried: one programme here, another one elsewhere.

*Here* is an organisation in a programme, its *neighbour* another organisation in the same
programme, *elsewhere* an organisation in another programme. A room adds a file to this folder
with makers for its addresses; see tests/access/README.md.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser

from tests import factories as make

PLACES = {"here": "here", "neighbour": "here", "elsewhere": "elsewhere"}
"""Where an organisation is -> in which programme it takes part."""


@dataclass
class Visit:
    """How an address is visited: its arguments, what is posted, and what stands behind `?`."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    args: tuple[Any, ...] = ()


class World:
    """Who and what there is. Rooms put their own objects in it with `once`."""

    def __init__(self) -> None:
        self.programmes = {
            name: make.ProgrammeFactory(code=f"programme-{name}") for name in ("here", "elsewhere")
        }
        self.cycles = {
            name: make.CycleFactory(programme=programme)
            for name, programme in self.programmes.items()
        }
        self.participations = {
            place: make.ParticipationFactory(
                cycle=self.cycles[programme],
                organisation=make.OrganisationFactory(code=f"organisation-{place}"),
            )
            for place, programme in PLACES.items()
        }
        self.organisations = {p: row.organisation for p, row in self.participations.items()}
        self.users = self._users()
        self._made: dict[str, Any] = {}

    def _users(self) -> dict[str, Any]:
        """Somebody for each column of the table."""
        users: dict[str, Any] = {"anonymous": AnonymousUser()}
        for role in ("participant", "management"):
            for place, organisation in self.organisations.items():
                member = make.MembershipFactory(organisation=organisation, roles=[role])
                users[f"{role}_{place}"] = member.user
        for role in ("facilitator", "coordinator", "evaluator"):
            for place, programme in self.programmes.items():
                appointed = make.AppointmentFactory(programme=programme, role=role)
                users[f"{role}_{place}"] = appointed.user
        users["administrator"] = make.UserFactory(is_staff=True, is_superuser=True)
        return users

    def once[T](self, name: str, maker: Callable[[], T]) -> T:
        """The object of this name, made the first time somebody asks for it."""
        if name not in self._made:
            self._made[name] = maker()
        return self._made[name]


type Maker = Callable[[World], Visit]

MAKERS: dict[tuple[str, str], Maker] = {}


def visit_to(*names: str, case: str = "") -> Callable[[Maker], Maker]:
    """Say how these addresses are visited in this case; the object must belong to *here*."""

    def register(maker: Maker) -> Maker:
        for name in names:
            if (name, case) in MAKERS:
                raise ValueError(f"{name} ({case}) has a maker already")
            MAKERS[name, case] = maker
        return maker

    return register


for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
