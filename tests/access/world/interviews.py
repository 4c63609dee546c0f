"""A round of interviews of *here*, with its guide and somebody in it."""

from typing import Any

from surveys.domain.guides import ship_guides
from surveys.domain.rounds import RoundPlan, prepare_round
from surveys.models import Candidate, InterviewRound
from tests.access.world import Visit, World, visit_to
from tests.surveys.interviews.stories import FIRST, LAST


def guide(world: World) -> Any:
    return world.once("guides", lambda: ship_guides(world.programmes["here"])[0])


def round(world: World) -> InterviewRound:
    def make() -> InterviewRound:
        member = world.users["participant_here"].memberships.get()
        world.participations["here"].contacts.add(member)
        plan = RoundPlan(
            guide=guide(world),
            name="Autumn",
            purpose="To hear what it brings.",
            starts_on=FIRST,
            ends_on=LAST,
            interviewers=(world.users["facilitator_here"],),
        )
        return prepare_round(world.cycles["here"], plan=plan, by=None)

    return world.once("round of interviews", make)


def candidate(world: World) -> Candidate:
    return round(world).candidates.get()


def under(world: World, **kwargs: Any) -> dict[str, Any]:
    return {"code": world.programmes["here"].code, **kwargs}


def planned(world: World, name: str) -> dict[str, Any]:
    return {
        "cycle": world.cycles["here"].pk,
        "name": name,
        "guide": guide(world).pk,
        "purpose": "To hear.",
        "starts_on": "2027-03-01",
        "ends_on": "2027-04-30",
        "minutes": "60",
    }


@visit_to("interview_rounds", "interview_guides", "interview_guides_ship")
def interview_rounds(world: World) -> Visit:
    round(world)
    return Visit(kwargs=under(world))


@visit_to("interview_round_new")
def interview_round_new(world: World) -> Visit:
    return Visit(kwargs=under(world), data=planned(world, "Another"))


@visit_to("interview_round", "interview_flow")
def interview_round(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=round(world).pk))


@visit_to("interview_round_change")
def interview_round_change(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=round(world).pk), data=planned(world, "Autumn"))


@visit_to("interview_sample")
def interview_sample(world: World) -> Visit:
    data = {"chosen": candidate(world).pk}
    return Visit(kwargs=under(world, pk=round(world).pk), data=data)


@visit_to("interview_draw")
def interview_draw(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=round(world).pk), data={"each": "1"})


@visit_to("interview_candidate")
def interview_candidate(world: World) -> Visit:
    one = candidate(world)
    data = {"standing": "declined", "reason": "no_time"}
    return Visit(kwargs=under(world, pk=one.round_id, candidate=one.pk), data=data)


@visit_to("interview_flow_file")
def interview_flow_file(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=round(world).pk, format="svg"))


@visit_to("interview_guide")
def interview_guide(world: World) -> Visit:
    kwargs = under(world, guide=guide(world).code, version=1)
    return Visit(kwargs=kwargs)


@visit_to("interview_guide_change")
def interview_guide_change(world: World) -> Visit:
    data = {
        "name": "Short",
        "topic-TOTAL_FORMS": 1,
        "topic-INITIAL_FORMS": 0,
        "topic-0-question": "What does it bring?",
    }
    return Visit(kwargs=under(world, guide=guide(world).code, version=1), data=data)
