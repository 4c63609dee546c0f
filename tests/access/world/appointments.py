"""Addresses on which people get roles; the programme here and its own participants."""

from benchmarks.models import Appointment
from tests.access.world import Visit, World, visit_to


def in_organisation(world: World, **kwargs: int) -> dict[str, int | str]:
    code = world.programmes["here"].code
    return {"code": code, "organisation": "organisation-here", **kwargs}


@visit_to("appointments")
def appointments(world: World) -> Visit:
    return Visit(kwargs={"code": world.programmes["here"].code})


@visit_to("programme_audit")
def log(world: World) -> Visit:
    return Visit(kwargs={"code": world.programmes["here"].code})


@visit_to("appointment_add")
def appoint(world: World) -> Visit:
    data = {"email": "new@example.org", "role": "facilitator"}
    return Visit(kwargs={"code": world.programmes["here"].code}, data=data)


@visit_to("appointment_end")
def end(world: World) -> Visit:
    programme = world.programmes["here"]
    row = Appointment.objects.get(programme=programme, role="evaluator")
    return Visit(kwargs={"code": programme.code, "pk": row.pk})


@visit_to("member_add")
def add(world: World) -> Visit:
    data = {"email": "new@example.org", "roles": ["participant"]}
    return Visit(kwargs=in_organisation(world), data=data)


@visit_to("member_end")
def leave(world: World) -> Visit:
    membership = world.users["participant_here"].memberships.get()
    return Visit(kwargs=in_organisation(world, pk=membership.pk))
