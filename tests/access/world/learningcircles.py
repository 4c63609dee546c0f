"""Circles, sessions and actions of *here*: a circle in which our participant and the neighbour's
are members, a session of it, and an action of our organisation that was agreed there."""

import datetime as dt
from typing import Any

from django.utils import timezone

from learningcircles.enums import ActionStatus
from tests.access.world import Visit, World, visit_to
from tests.learningcircles import factories as meet

A_CIRCLE = {"theme": "Housing", "form": "single", "setting": "online", "vote_budget": 5}


def our_circle(world: World) -> Any:
    def make() -> Any:
        circle = meet.CircleFactory(programme=world.programmes["here"])
        for who in ("participant_here", "participant_neighbour"):
            meet.CircleMemberFactory(circle=circle, membership=world.users[who].memberships.get())
        return circle

    return world.once("circle", make)


def our_member(world: World) -> Any:
    return our_circle(world).members.order_by("pk").first()


def our_session(world: World, **fields: Any) -> Any:
    """A session at which our participant and the neighbour's are guests."""
    session = meet.SessionFactory(circle=our_circle(world), **fields)
    for member in our_circle(world).members.all():
        meet.AttendanceFactory(session=session, membership=member.membership)
    return session


def coming(world: World) -> Any:
    return world.once("session", lambda: our_session(world))


def going_on(world: World) -> Any:
    began = timezone.now() - dt.timedelta(minutes=10)
    return world.once("session going on", lambda: our_session(world, starts_at=began))


def our_action(world: World) -> Any:
    def make() -> Any:
        return meet.ActionFactory(
            programme=world.programmes["here"],
            organisation=world.organisations["here"],
            owner=world.users["participant_here"].memberships.get(),
            session=coming(world),
        )

    return world.once("action", make)


def in_programme(world: World, **kwargs: Any) -> dict[str, Any]:
    return {"code": world.programmes["here"].code, **kwargs}


@visit_to("programme", "circle_list", "follow_up")
def of_the_programme(world: World) -> Visit:
    our_action(world)
    return Visit(kwargs=in_programme(world))


@visit_to("circle_new")
def new_circle(world: World) -> Visit:
    leader = world.users["facilitator_here"].pk
    return Visit(kwargs=in_programme(world), data={**A_CIRCLE, "facilitators": [leader]})


@visit_to("circle", "circle_edit")
def circle(world: World) -> Visit:
    leader = world.users["facilitator_here"].pk
    return Visit(
        kwargs=in_programme(world, pk=our_circle(world).pk),
        data={**A_CIRCLE, "facilitators": [leader]},
    )


@visit_to("circle_follow_up")
def rule(world: World) -> Visit:
    days = {"remind_before": 7, "flag_after": 14, "escalate_after": 21}
    return Visit(kwargs=in_programme(world, pk=our_circle(world).pk), data=days)


@visit_to("circle_member_add")
def join(world: World) -> Visit:
    newcomer = world.users["management_here"].memberships.get()
    return Visit(
        kwargs=in_programme(world, pk=our_circle(world).pk), data={"membership": newcomer.pk}
    )


@visit_to("circle_member_remove")
def leave(world: World) -> Visit:
    member = our_member(world)
    return Visit(kwargs=in_programme(world, pk=member.circle_id, member_pk=member.pk))


def a_day(world: World) -> dict[str, Any]:
    return {
        "title": "Another one",
        "day": "2031-03-04",
        "begins": "10:00",
        "ends": "12:00",
        "sequence": 0,
    }


@visit_to("session_new")
def new_session(world: World) -> Visit:
    data = {**a_day(world), "kind": "learning_circle", "circle": our_circle(world).pk}
    return Visit(kwargs=in_programme(world), data=data)


@visit_to("session", "session_edit", "session_cancel", "session_ics")
def session(world: World) -> Visit:
    return Visit(kwargs=in_programme(world, pk=coming(world).pk), data=a_day(world))


@visit_to("session_reply")
def reply(world: World) -> Visit:
    return Visit(kwargs=in_programme(world, pk=coming(world).pk), data={"reply": "coming"})


@visit_to("session_invite")
def invite(world: World) -> Visit:
    guest = world.users["management_here"].memberships.get()
    return Visit(kwargs=in_programme(world, pk=coming(world).pk), data={"membership": guest.pk})


@visit_to("session_withdraw")
def withdraw(world: World) -> Visit:
    guest = coming(world).attendances.order_by("pk").first()
    return Visit(kwargs=in_programme(world, pk=guest.session_id, guest_pk=guest.pk))


@visit_to("session_conclude", "session_attendance")
def conclude(world: World) -> Visit:
    return Visit(kwargs=in_programme(world, pk=going_on(world).pk))


@visit_to("session_signal")
def signal(world: World) -> Visit:
    return Visit(kwargs=in_programme(world, pk=coming(world).pk), data={"text": "A queue"})


@visit_to("session_note")
def note(world: World) -> Visit:
    data = {"kind": "decision", "text": "We wait"}
    return Visit(kwargs=in_programme(world, pk=coming(world).pk), data=data)


@visit_to("session_action")
def agree(world: World) -> Visit:
    owner = world.users["participant_here"].memberships.get()
    data = {"who": f"m{owner.pk}", "title": "Phone them back"}
    return Visit(kwargs=in_programme(world, pk=coming(world).pk), data=data)


@visit_to("action_new")
def new_action(world: World) -> Visit:
    data = {
        "organisation": world.organisations["here"].pk,
        "title": "Phone them back",
        "horizon": "short",
    }
    return Visit(kwargs=in_programme(world), data=data)


DEEDS = {
    "version": 1,
    "status": "under_way",
    "due": "2031-03-04",
    "reason": "because",
    "text": "A note",
    "title": "Another title",
    "horizon": "long",
    "decision": "endorsed",
}


@visit_to(
    "action",
    "action_edit",
    "action_status",
    "action_postpone",
    "action_drop",
    "action_hand_over",
    "action_note",
)
def action(world: World) -> Visit:
    return Visit(kwargs={"pk": our_action(world).pk}, data=DEEDS)


@visit_to("action_decide")
def decide(world: World) -> Visit:
    asked = meet.ActionFactory(
        programme=world.programmes["here"],
        organisation=world.organisations["here"],
        owner=world.users["participant_here"].memberships.get(),
        status=ActionStatus.HANDED_OVER,
        handed_on=timezone.localdate(),
    )
    return Visit(kwargs={"pk": asked.pk}, data=DEEDS)


@visit_to("follow_up", case="of our organisation")
def our_follow_up(world: World) -> Visit:
    our_action(world)
    return Visit(kwargs=in_programme(world), query="?organisation=organisation-here")


def our_practice(world: World) -> Any:
    """Published in the benchmark, not for anyone."""

    def make() -> Any:
        return meet.practice(
            world.programmes["here"], world.organisations["here"], source_action=our_action(world)
        )

    return world.once("practice", make)


A_PRACTICE = {
    "title": "Phone first",
    "what": "Phone before a letter",
    "evidence_theory": "none",
    "evidence_process": "some",
    "evidence_result": "full",
}


@visit_to("practice", "practice_edit", "practice_publish")
def practice(world: World) -> Visit:
    row = our_practice(world)
    data = {**A_PRACTICE, "to": "anyone", "revision_seen": row.latest_revision_id}
    return Visit(kwargs={"pk": row.pk}, data=data)


@visit_to("practice_adopt")
def adopt(world: World) -> Visit:
    """A neighbour can't choose our organisation."""
    data = {"organisation": world.organisations["here"].pk, "level": "recognised"}
    return Visit(kwargs={"pk": our_practice(world).pk}, data=data)


@visit_to("practice", case="public")
def public_practice(world: World) -> Visit:
    made = meet.practice(
        world.programmes["here"], world.organisations["here"], is_public=True, title="For anyone"
    )
    return Visit(kwargs={"pk": made.pk})


@visit_to("practice", case="draft")
def draft_practice(world: World) -> Visit:
    made = meet.practice(
        world.programmes["here"], world.organisations["here"], live=False, title="Not yet"
    )
    return Visit(kwargs={"pk": made.pk})


@visit_to("practice_new")
def new_practice(world: World) -> Visit:
    data = {**A_PRACTICE, "organisation": world.organisations["here"].pk}
    return Visit(kwargs=in_programme(world), data=data)


@visit_to("thread")
def thread(world: World) -> Visit:
    return Visit(kwargs={"kind": "action", "pk": our_action(world).pk})
