"""Coding in *here*: a text that the facilitator and the coordinator code, and one that they did."""

from typing import Any

from surveys.domain.coding_work import add_text, code_variable, finish_coding
from surveys.domain.codings import make_codebook
from surveys.models import CodedText
from tests.access.world import Visit, World, visit_to
from tests.surveys.coding.stories import BODY, LEARN, VARIABLES


def book(world: World) -> Any:
    return world.once(
        "codebook", lambda: make_codebook(world.programmes["here"], variables=VARIABLES)
    )


def _text(world: World) -> CodedText:
    book(world)
    coders = [world.users["facilitator_here"], world.users["coordinator_here"]]
    return add_text(
        world.cycles["here"],
        organisation=world.organisations["here"],
        title="Gesprek",
        body=BODY,
        coders=coders,
        by=coders[1],
    )


def text(world: World) -> CodedText:
    return world.once("text to code", lambda: _text(world))


def coded(world: World) -> CodedText:
    def make() -> CodedText:
        made = _text(world)
        for task, value in zip(made.tasks.all(), ("++", "--"), strict=True):
            for variable in book(world).variables.all():
                values = [value] if variable.code == "motivation" else ["mirror"]
                code_variable(task, variable, values=values, passage=LEARN)
            finish_coding(task)
        return made

    return world.once("coded text", make)


def under(world: World, **kwargs: Any) -> dict[str, Any]:
    return {"code": world.programmes["here"].code, **kwargs}


@visit_to("coding", "codebook_ship")
def coding(world: World) -> Visit:
    text(world)
    return Visit(kwargs=under(world))


@visit_to("codebook")
def codebook(world: World) -> Visit:
    return Visit(kwargs=under(world, version=book(world).version))


@visit_to("codebook_file")
def codebook_file(world: World) -> Visit:
    return Visit(kwargs=under(world, version=book(world).version, format="qdc"))


@visit_to("codebook_import")
def codebook_import(world: World) -> Visit:
    """Without a file: who may, is told so."""
    return Visit(kwargs=under(world), data={})


@visit_to("coding_text_new")
def coding_text_new(world: World) -> Visit:
    book(world)
    data = {
        "cycle": world.cycles["here"].pk,
        "organisation": world.organisations["here"].pk,
        "title": "Another",
        "body": BODY,
        "first": world.users["facilitator_here"].pk,
    }
    return Visit(kwargs=under(world), data=data)


@visit_to("coding_text")
def coding_text(world: World) -> Visit:
    variable = book(world).variables.get(code="motivation")
    data = {"variable": variable.pk, "values": "++", "passage": LEARN}
    return Visit(kwargs=under(world, pk=text(world).pk), data=data)


@visit_to("coding_finish")
def coding_finish(world: World) -> Visit:
    return Visit(kwargs=under(world, pk=text(world).pk))


@visit_to("coding_variable")
def coding_variable(world: World) -> Visit:
    coded(world)
    return Visit(kwargs=under(world, variable="motivation"))


@visit_to("coding_adjudicate")
def coding_adjudicate(world: World) -> Visit:
    made = coded(world)
    place = f"{made.organisation_id}-{made.cycle_id}-{made.pk}"
    data = {"place": place, "values": "+-", "how": "talk", "reason": "Samen gelezen."}
    return Visit(kwargs=under(world, variable="motivation"), data=data)


@visit_to("triangulation")
def triangulation(world: World) -> Visit:
    coded(world)
    return Visit(kwargs=under(world))


@visit_to("triangulation_thresholds")
def triangulation_thresholds(world: World) -> Visit:
    return Visit(kwargs=under(world), data={"moderate_from": "2", "sufficient_from": "4"})


@visit_to("agreement", "agreement_measure")
def agreement(world: World) -> Visit:
    coded(world)
    return Visit(kwargs=under(world))
