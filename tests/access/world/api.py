"""What is asked of the API: everything of the programme *here*, with a token of each role."""

from typing import Any

from django.utils import timezone

from learningcircles.models import ActionChange
from tests.access.world import Visit, World, visit_to
from tests.access.world.benchmarks import place
from tests.access.world.evaluation import our_report
from tests.access.world.learningcircles import our_action
from tests.access.world.surveys import closed, opened

HERE = "?programme=programme-here"
OUR_FIGURES = f"{HERE}&organisation=organisation-here&indicator=waiting"


@visit_to("api:programmes", "api:cycles", "api:participants")
def of_the_programme(world: World) -> Visit:
    return Visit(query=HERE)


@visit_to("api:indicators")
def our_indicators(world: World) -> Visit:
    place(world)
    return Visit(query=HERE)


@visit_to("api:figures", "api:trends")
def our_figures(world: World) -> Visit:
    place(world)
    return Visit(query=OUR_FIGURES)


@visit_to("api:standings")
def of_the_organisation(world: World) -> Visit:
    place(world)
    return Visit(query=f"{HERE}&organisation=organisation-here")


@visit_to("api:waves")
def our_waves(world: World) -> Visit:
    closed(world)
    return Visit(query=HERE)


def wave_of(made: Any) -> dict[str, Any]:
    return {"wave": made.pk}


@visit_to("api:results", "api:distributions", "api:constructs")
def our_results(world: World) -> Visit:
    return Visit(kwargs=wave_of(closed(world)))


@visit_to("api:results", "api:distributions", "api:constructs", case="still open")
def our_open_wave(world: World) -> Visit:
    return Visit(kwargs=wave_of(opened(world)))


@visit_to("api:actions", "api:action_changes")
def our_actions(world: World) -> Visit:
    world.once("change of the action", lambda: put_under_way(our_action(world)))
    return Visit(query=HERE)


def put_under_way(action: Any) -> ActionChange:
    return ActionChange.objects.create(
        action=action, at=timezone.now(), version=1, field="status", after="under_way"
    )


@visit_to("api:runs")
def our_runs(world: World) -> Visit:
    our_report(world)
    return Visit(query=HERE)


@visit_to("api:evaluation")
def our_evaluation(world: World) -> Visit:
    return Visit(kwargs={"run": our_report(world).pk})
