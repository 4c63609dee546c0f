"""The agenda, minutes, private parts, files and topics of a circle of *here*."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from benchmarks.models import Indicator, IndicatorDefinition
from learningcircles.domain.action_files import add_action_file
from learningcircles.domain.afterwards import feedback_url
from learningcircles.domain.agenda import add_item
from learningcircles.domain.approval import finalise_minutes, send_minutes
from learningcircles.domain.materials import add_material, ask_preparation
from learningcircles.domain.minutes import save_minute_text
from learningcircles.domain.templates import keep_template
from learningcircles.models import DefinitionIssue, Paper
from tests.access.world import Visit, World, visit_to
from tests.access.world.learningcircles import (
    coming,
    going_on,
    in_programme,
    our_action,
    our_circle,
    our_member,
    our_session,
)
from tests.learningcircles import factories as meet


def facilitator(world: World) -> Any:
    return world.users["facilitator_here"]


def our_item(world: World) -> Any:
    return world.once(
        "item", lambda: add_item(going_on(world), by=facilitator(world), title="Round")
    )


def our_item_to_keep(world: World) -> Any:
    """Something on the agenda of the session to come, so that it can be kept as a template."""
    return world.once(
        "item to keep", lambda: add_item(coming(world), by=facilitator(world), title="Round")
    )


@visit_to("agenda_template_remove")
def template(world: World) -> Visit:
    our_item_to_keep(world)
    kept = keep_template(coming(world), by=facilitator(world), name="To throw away")
    return Visit(kwargs=in_programme(world, pk=coming(world).pk, template_pk=kept.pk))


def held(world: World, state: str) -> Any:
    """A session that was held, its minutes in this state."""

    def make() -> Any:
        began = timezone.now() - dt.timedelta(days=2)
        later = timezone.now() + dt.timedelta(days=9)
        session = our_session(world, starts_at=began, state="held", questions_close_at=later)
        session.attendances.update(presence="present")
        if state != "draft":
            send_minutes(session, by=facilitator(world))
        if state == "final":
            finalise_minutes(session, by=facilitator(world), reason="On leave")
        return session

    return world.once(f"session with {state} minutes", make)


def joint(world: World) -> Any:
    def make() -> Any:
        session = meet.SessionFactory(
            circle=None, programme=world.programmes["here"], kind="joint_interpretation"
        )
        for who in ("participant_here", "participant_neighbour"):
            meet.AttendanceFactory(session=session, membership=world.users[who].memberships.get())
        return session

    return world.once("joint session", make)


@visit_to("session_prepare", "agenda_fill", "agenda_add", "agenda_template_keep")
def prepare(world: World) -> Visit:
    data = {
        "way": "template",
        "title": "Round",
        "section": "topics",
        "minutes": 10,
        "name": "Usual",
    }
    our_item_to_keep(world)
    return Visit(
        kwargs=in_programme(world, pk=coming(world).pk), data={**data, "origin": "standing"}
    )


@visit_to("agenda_item", "agenda_item_move", "agenda_item_remove")
def item(world: World) -> Visit:
    data = {
        "title": "Another round",
        "section": "topics",
        "minutes": 10,
        "origin": "standing",
        "version": 1,
        "to": "up",
    }
    row = our_item(world)
    return Visit(kwargs=in_programme(world, pk=row.session_id, item_pk=row.pk), data=data)


@visit_to("minute_text")
def typed(world: World) -> Visit:
    row = our_item(world)
    return Visit(
        kwargs=in_programme(world, pk=row.session_id, item_pk=row.pk),
        data={"text": "Said", "version": 0},
    )


@visit_to("minute_edit")
def waiting(world: World) -> Visit:
    row = world.once(
        "item of two", lambda: add_item(going_on(world), by=facilitator(world), title="Two")
    )
    save_minute_text(row, by=facilitator(world), version=0, text="One")
    edit = save_minute_text(row, by=facilitator(world), version=0, text="Other").unmerged
    return Visit(
        kwargs=in_programme(world, pk=row.session_id, edit_pk=edit.pk),
        data={"text": "Both", "version": 1},
    )


@visit_to("session_live")
def live(world: World) -> Visit:
    return Visit(kwargs=in_programme(world, pk=our_item(world).session_id))


@visit_to("own_reading")
def own(world: World) -> Visit:
    organisation = world.organisations["here"].pk
    return Visit(
        kwargs=in_programme(world, pk=joint(world).pk, organisation_pk=organisation),
        data={"text": "For ourselves", "version": 0},
    )


@visit_to("session_minutes", "minutes_send")
def minutes(world: World) -> Visit:
    return Visit(kwargs=in_programme(world, pk=held(world, "draft").pk))


@visit_to("minutes_reopen", "minutes_finalise", "minutes_approve")
def sent(world: World) -> Visit:
    data = {"reason": "On leave", "approved": "yes", "round": 1}
    return Visit(kwargs=in_programme(world, pk=held(world, "sent").pk), data=data)


@visit_to("minutes_addendum", "minutes_pdf_again")
def final(world: World) -> Visit:
    session = held(world, "final")
    return Visit(kwargs=in_programme(world, pk=session.pk), data={"text": "It was Tuesday"})


def made(world: World, **about: Any) -> None:
    """A paper that a worker has made, in each language."""
    for language in ("nl", "en"):
        name = storages["private"].save("papers/test.pdf", ContentFile(b"%PDF-1.7"))
        Paper.objects.create(language=language, state="done", file=name, **about)


@visit_to("minutes_pdf")
def minutes_paper(world: World) -> Visit:
    session = held(world, "final")
    world.once("paper", lambda: made(world, kind="minutes", minutes=session.minutes))
    return Visit(kwargs=in_programme(world, pk=session.pk))


@visit_to("circle_handover", "handover_make", "handover_pdf")
def handover(world: World) -> Visit:
    circle = our_circle(world)
    world.once("brief", lambda: made(world, kind="handover", circle=circle))
    return Visit(kwargs=in_programme(world, pk=circle.pk))


def our_topic(world: World) -> Any:
    return world.once("topic", lambda: meet.TopicFactory(circle=our_circle(world)))


@visit_to("circle_topics", "circle_votes")
def topics(world: World) -> Visit:
    points = {f"points-{our_topic(world).pk}": 3}
    return Visit(
        kwargs=in_programme(world, pk=our_circle(world).pk),
        data={"title": "Hiring", "origin": "circle", **points},
    )


@visit_to("topic_close")
def topic(world: World) -> Visit:
    row = our_topic(world)
    return Visit(kwargs=in_programme(world, pk=row.circle_id, topic_pk=row.pk))


@visit_to("circle_intermediary")
def intermediary(world: World) -> Visit:
    row = our_member(world)
    return Visit(kwargs=in_programme(world, pk=row.circle_id, member_pk=row.pk))


class Again(SimpleUploadedFile):
    """A file that can be sent more than once: each role sends it."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return super().read(*args)


@visit_to("material_add")
def share(world: World) -> Visit:
    file = Again("figures.csv", b"a;b")
    return Visit(
        kwargs=in_programme(world, pk=coming(world).pk), data={"title": "Figures", "file": file}
    )


@visit_to("material", "material_remove")
def material(world: World) -> Visit:
    def make() -> Any:
        return add_material(
            coming(world),
            by=world.users["participant_here"],
            title="Figures",
            file=ContentFile(b"a;b", name="figures.csv"),
        )

    row = world.once("material", make)
    return Visit(kwargs=in_programme(world, pk=row.session_id, material_pk=row.pk))


@visit_to("action_file_add")
def share_with_action(world: World) -> Visit:
    file = Again("letter.pdf", b"%PDF")
    return Visit(kwargs={"pk": our_action(world).pk}, data={"file": file})


@visit_to("action_file", "action_file_remove")
def action_file(world: World) -> Visit:
    def make() -> Any:
        file = ContentFile(b"%PDF", name="letter.pdf")
        return add_action_file(our_action(world), by=world.users["participant_here"], file=file)

    row = world.once("action file", make)
    return Visit(kwargs={"pk": row.action_id, "file_pk": row.pk})


@visit_to("preparation_add")
def ask(world: World) -> Visit:
    return Visit(kwargs=in_programme(world, pk=coming(world).pk), data={"what": "Bring a letter"})


@visit_to("preparation_tick")
def tick(world: World) -> Visit:
    def make() -> Any:
        membership = world.users["participant_here"].memberships.get()
        return ask_preparation(
            coming(world), by=facilitator(world), what="Bring a letter", membership=membership
        )

    row = world.once("preparation", make)
    return Visit(
        kwargs=in_programme(world, pk=row.session_id, preparation_pk=row.pk), data={"done": "yes"}
    )


def our_issue(world: World) -> Any:
    def make() -> Any:
        indicator = Indicator.objects.create(programme=world.programmes["here"], code="doubt")
        IndicatorDefinition.objects.create(indicator=indicator, meaning="Days", unit="days")
        return DefinitionIssue.objects.create(
            programme=world.programmes["here"],
            session=going_on(world),
            indicator=indicator,
            text="Since when?",
            raised_at=timezone.now(),
        )

    return world.once("issue", make)


@visit_to("definition_issues")
def issues(world: World) -> Visit:
    our_issue(world)
    return Visit(kwargs=in_programme(world))


@visit_to("definition_issue")
def issue(world: World) -> Visit:
    data = {"outcome": "From the letter on", "meaning": "Days", "unit": "days"}
    return Visit(kwargs=in_programme(world, pk=our_issue(world).pk), data=data)


@visit_to("session_feedback")
def feedback(world: World) -> Visit:
    guest = held(world, "draft").attendances.first()
    token = feedback_url(guest).rstrip("/").rsplit("/", 1)[-1]
    return Visit(kwargs={"token": token}, data={"worth_it": "yes"})
