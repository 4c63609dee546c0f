"""Addresses of figures, their definitions and the charter; everything of the organisation here."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from benchmarks.domain.charter import write_charter
from benchmarks.domain.figures import prepare_import
from benchmarks.models import ProgrammeFile, StandingName
from core.models import LeasedState
from tests.access.world import Visit, World, visit_to
from tests.benchmarks_room.figures import CHARTER, figure, indicator_of

FILE = b"organisation,indicator,period,value\norganisation-here,waiting,2025,30\n"


def place(world: World) -> dict[str, Any]:
    """Where the figures of the organisation here are, with one that can be looked at."""
    world.once("figure", lambda: _figure(world))
    return {"code": world.programmes["here"].code, "organisation": "organisation-here"}


def _figure(world: World) -> Any:
    indicator = indicator_of(world.programmes["here"])
    return figure(indicator, world.organisations["here"], "2024", 31)


def charter_here(world: World) -> Any:
    programme = world.programmes["here"]
    return world.once("charter", lambda: write_charter(programme, seen=0, **CHARTER))


@visit_to("charter", "figures")
def of_the_programme(world: World) -> Visit:
    charter_here(world)
    return Visit(kwargs={"code": place(world)["code"]})


@visit_to("charter_consent")
def consent(world: World) -> Visit:
    version = charter_here(world).version
    code = world.programmes["here"].code
    return Visit(
        kwargs={"code": code, "version": version}, data={"organisation": "organisation-here"}
    )


@visit_to("charter_write")
def next_charter(world: World) -> Visit:
    seen = charter_here(world).version
    return Visit(
        kwargs={"code": world.programmes["here"].code},
        data=CHARTER | {"purpose": "Another one.", "seen": seen, "coordinator_sees": "on"},
    )


@visit_to("definition_new")
def next_definition(world: World) -> Visit:
    data = {"meaning": "Waiting", "unit": "days", "better": "lower", "period": "year"}
    settled = {"supplied_by": "organisation", "reason": "Counted in working days."}
    return Visit(kwargs={"code": place(world)["code"], "indicator": "waiting"}, data=data | settled)


@visit_to("our_figures", "reference_group")
def of_the_organisation(world: World) -> Visit:
    return Visit(kwargs=place(world))


@visit_to("indicator")
def one_indicator(world: World) -> Visit:
    return Visit(kwargs=place(world) | {"indicator": "waiting"})


@visit_to("figure_status")
def status(world: World) -> Visit:
    kwargs = place(world) | {"indicator": "waiting", "period": "2024"}
    return Visit(kwargs=kwargs, data={"status": "disputed", "remark": "Counted twice."})


@visit_to("figure_entry")
def entry(world: World) -> Visit:
    indicator = world.once("figure", lambda: _figure(world)).indicator
    return Visit(kwargs=place(world) | {"period": "2023"}, data={f"value_{indicator.pk}": "29"})


@visit_to("figure_import")
def import_of_figures(world: World) -> Visit:
    return Visit(kwargs={"code": place(world)["code"]})


@visit_to("figure_import_check")
def checked_import(world: World) -> Visit:
    code = place(world)["code"]
    row = world.once(
        "figure_import",
        lambda: prepare_import(
            world.programmes["here"],
            name="figures.csv",
            raw=FILE,
            by=world.users["coordinator_here"],
        ),
    )
    return Visit(kwargs={"code": code, "pk": row.pk})


@visit_to("programme_files")
def programme_files(world: World) -> Visit:
    return Visit(kwargs={"code": world.programmes["here"].code})


@visit_to("programme_file", "programme_file_remove")
def programme_file(world: World) -> Visit:
    """A file that who coordinates here asked for."""
    programme = world.programmes["here"]

    def made() -> ProgrammeFile:
        name = storages["private"].save("programmes/here.zip", ContentFile(b"PK"))
        return ProgrammeFile.objects.create(
            programme=programme,
            requested_by=world.users["coordinator_here"],
            state=LeasedState.DONE,
            file=name,
        )

    return Visit(kwargs={"code": programme.code, "pk": world.once("programme file", made).pk})


@visit_to("standing_names")
def standing_names(world: World) -> Visit:
    return Visit(kwargs={"code": world.programmes["here"].code})


@visit_to("standing_name_settle")
def standing_name(world: World) -> Visit:
    """The name of somebody who was erased, in a remark on a figure here."""
    figure = world.once("figure", lambda: _figure(world))
    row = world.once(
        "standing name",
        lambda: StandingName.objects.create(
            programme=world.programmes["here"],
            record_type=ContentType.objects.get_for_model(type(figure)),
            record_id=figure.pk,
            field="remark",
            found_on="2026-11-29",
        ),
    )
    return Visit(
        kwargs={"code": world.programmes["here"].code, "pk": row.pk}, data={"outcome": "stays"}
    )
