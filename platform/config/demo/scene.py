"""What the makers of the demonstration share: the dice, and what was made so far."""

from dataclasses import dataclass, field
from random import Random

from benchmarks.models import Cycle, Figure, IndicatorDefinition, Participation, Programme
from learningcircles.models import Circle, Session, Signal
from people.models import Membership, Organisation, User

SEED = 20_260_101


@dataclass
class Scene:
    """The demonstration while it is being made. Every chance comes from `dice`."""

    programme: Programme
    dice: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - no secret
    cycles: dict[int, Cycle] = field(default_factory=dict)
    """By year."""
    organisations: dict[str, Organisation] = field(default_factory=dict)
    """Participants, by code."""
    participations: list[Participation] = field(default_factory=list)
    definitions: dict[str, IndicatorDefinition] = field(default_factory=dict)
    figures: dict[tuple[str, str, int], Figure] = field(default_factory=dict)
    """By code of the indicator, code of the organisation, year."""
    users: dict[str, User] = field(default_factory=dict)
    """The sign-ins, by role."""
    members: dict[str, list[Membership]] = field(default_factory=dict)
    """Participants' people by code of the organisation, the contact person first."""
    managers: dict[str, Membership] = field(default_factory=dict)
    circles: list[Circle] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    """Held ones, in order of time."""
    signals: list[Signal] = field(default_factory=list)
