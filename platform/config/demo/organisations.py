"""Twelve participants that don't exist: eleven municipalities, and a partnership of three."""

from dataclasses import dataclass

from config.demo.scene import Scene
from people.domain.organisations import register_organisation
from people.enums import OrganisationKind, SizeClass
from people.models import Organisation


@dataclass(frozen=True, slots=True)
class Place:
    """An invented organisation; `respondents` is how many of its people are asked in a wave."""

    code: str
    name: str
    size: SizeClass
    region: str
    respondents: int


NORTH, MIDDLE, SOUTH = "Veenland", "Rivieroever", "Kustland"

PLACES = (
    Place("demo-kromwoude", "Kromwoude", SizeClass.TO_100, NORTH, 19),
    Place("demo-veldersum", "Veldersum", SizeClass.TO_50, NORTH, 15),
    Place("demo-oosterheide", "Oosterheidemeer", SizeClass.UNDER_20, NORTH, 9),
    Place("demo-duinhorst", "Duinhorst aan Zee", SizeClass.TO_50, SOUTH, 16),
    Place("demo-linderbeek", "Linderbeek", SizeClass.TO_100, MIDDLE, 20),
    Place("demo-waterhove", "Waterhove", SizeClass.TO_250, MIDDLE, 24),
    Place("demo-zandermond", "Zandermond", SizeClass.UNDER_20, SOUTH, 6),
    Place("demo-heivoorde", "Heivoorde", SizeClass.TO_50, MIDDLE, 15),
    Place("demo-stadsmeer", "Stadsmeer", SizeClass.OVER_250, SOUTH, 27),
    Place("demo-nieuwerdijk", "Nieuwerdijk", SizeClass.TO_100, SOUTH, 19),
    Place("demo-tolderhem", "Tolderhem", SizeClass.TO_50, NORTH, 14),
)
PARTNERSHIP = Place("demo-drie-kernen", "Samenwerking Drie Kernen", SizeClass.TO_100, MIDDLE, 18)
MEMBERS = (
    Place("demo-berkenham", "Berkenham", SizeClass.TO_50, MIDDLE, 0),
    Place("demo-ellerloo", "Ellerloo", SizeClass.UNDER_20, MIDDLE, 0),
    Place("demo-vosdonk", "Vosdonk", SizeClass.UNDER_20, MIDDLE, 0),
)
PARTICIPANTS = (*PLACES, PARTNERSHIP)


def _register(place: Place, kind: str) -> Organisation:
    return register_organisation(
        place.code, name=place.name, size_class=place.size, region=place.region, kind=kind
    )


def make_organisations(scene: Scene) -> None:
    """Register the participants; the partnership names its members."""
    for place in PLACES:
        scene.organisations[place.code] = _register(place, OrganisationKind.MUNICIPALITY)
    partnership = _register(PARTNERSHIP, OrganisationKind.PARTNERSHIP)
    partnership.members.set(_register(place, OrganisationKind.MUNICIPALITY) for place in MEMBERS)
    scene.organisations[PARTNERSHIP.code] = partnership
