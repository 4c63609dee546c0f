"""One circle with members of two organisations, and those around it."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests import factories as make
from tests.learningcircles import factories as meet


@dataclass
class Stage:
    """Who and what the stories of this room are about."""

    programme: Any
    cycle: Any
    here: Any
    neighbour: Any
    facilitator: Any
    member: Any
    other_member: Any
    colleague: Any
    management: Any
    neighbour_management: Any
    neighbour_participant: Any
    evaluator: Any
    administrator: Any
    stranger: Any
    circle: Any

    @property
    def code(self) -> str:
        return self.programme.code


@pytest.fixture
def stage(db) -> Stage:
    ours = make.ParticipationFactory(organisation__name="Ons Dorp")
    programme = ours.cycle.programme
    theirs = make.ParticipationFactory(cycle=ours.cycle, organisation__name="Hun Stad")
    circle = meet.CircleFactory(programme=programme, theme="Debt help")
    elsewhere = make.ParticipationFactory()

    def person(organisation, *roles, **fields):
        return make.MembershipFactory(organisation=organisation, roles=roles, **fields)

    member = person(ours.organisation, "participant", user__name="Mies Lid")
    other_member = person(theirs.organisation, "participant", user__name="Ot Ander")
    meet.CircleMemberFactory(circle=circle, membership=member)
    meet.CircleMemberFactory(circle=circle, membership=other_member)
    facilitator = make.AppointmentFactory(programme=programme, role="facilitator").user
    circle.facilitators.add(facilitator)
    return Stage(
        programme=programme,
        cycle=ours.cycle,
        here=ours.organisation,
        neighbour=theirs.organisation,
        facilitator=facilitator,
        member=member,
        other_member=other_member,
        colleague=person(ours.organisation),
        management=person(ours.organisation, "management"),
        neighbour_management=person(theirs.organisation, "management"),
        neighbour_participant=person(theirs.organisation, "participant"),
        evaluator=make.AppointmentFactory(programme=programme, role="evaluator").user,
        administrator=make.UserFactory(is_staff=True, is_superuser=True),
        stranger=person(elsewhere.organisation, "participant", "management"),
        circle=circle,
    )


@pytest.fixture
def signed_in(client):
    """A browser in which this person is signed in."""

    def sign_in(user):
        client.force_login(getattr(user, "user", user))
        return client

    return sign_in
