"""What stands in the database before the day begins.

`python -m tests.benchmarks.day.world` reads as JSON how many people of each kind there are, makes
a country of 400 municipalities (as the bench of `evaluate` does, with a part of its records), an
open wave, and for each facilitator a session that goes on now. It prints what `people` needs to
know: links, who is signed in, addresses.
"""

import datetime as dt
import itertools
import json
import sys
from typing import Any

import django

ITEMS, GUESTS = 4, 8


def signed_in(user: Any) -> str:
    """The session of somebody who signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"x-forwarded-proto": "https", "host": "127.0.0.1"})
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def appointed(programme: Any, role: str, count: int) -> list[Any]:
    """People with a role in the programme."""
    return [make.AppointmentFactory(programme=programme, role=role).user for _ in range(count)]


def members(places: list[Any], role: str, count: int) -> list[Any]:
    """People with a role in their organisation, each of another one."""
    towns = itertools.islice(itertools.cycle(places), count)
    return [make.MembershipFactory(organisation=town, roles=[role]) for town in towns]


def session_now(programme: Any, leader: Any, guests: list[Any]) -> dict[str, Any]:
    """A session of a circle that goes on, with an agenda and guests; what its facilitator knows."""
    from learningcircles.domain.agenda import add_item
    from learningcircles.models import Attendance, Circle, Session

    now = dt.datetime.now(dt.UTC)
    circle = Circle.objects.create(programme=programme, theme=f"Theme {leader.pk}")
    session = Session.objects.create(
        programme=programme,
        circle=circle,
        kind="learning_circle",
        title="Today",
        starts_at=now - dt.timedelta(minutes=20),
        ends_at=now + dt.timedelta(hours=2),
        led_by=leader,
    )
    items = [add_item(session, by=leader, title=f"Item {n}").pk for n in range(ITEMS)]
    there = [Attendance.objects.create(session=session, membership=one).pk for one in guests]
    return {
        "session": signed_in(leader),
        "address": f"/programmes/{programme.code}/sessions/{session.pk}/",
        "items": items,
        "guests": there,
    }


def day(task: dict[str, Any]) -> dict[str, Any]:
    """Make it all."""
    from django.conf import settings
    from django.db import connection

    from benchmarks.models import Programme
    from surveys.domain.waves import prepare_wave
    from tests.benchmarks import evaluating
    from tests.benchmarks.links import open_with_links

    people = task["people"]
    programme = evaluating.fill(task["scale"])
    Programme.objects.filter(pk=programme.pk).update(has_public_report=True)
    cycle = programme.cycles.get()
    places = [each.organisation for each in cycle.participations.select_related("organisation")]
    wave = prepare_wave(cycle, name="Today", last_day=dt.date(2099, 1, 1), by=None)
    tokens = open_with_links(wave, [place.pk for place in places], task["links"])
    guests = members(places, "participant", GUESTS)
    leaders = appointed(programme, "facilitator", people["facilitators"])
    owners = members(places, "participant", people["participants"])
    managers = members(places, "management", people["managers"])
    evaluators = appointed(programme, "evaluator", people["evaluators"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what PostgreSQL does by itself soon after so many rows
    top = f"/programmes/{programme.code}/"
    return {
        "tokens": tokens,
        "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
        "facilitators": [session_now(programme, leader, guests) for leader in leaders],
        "participants": [
            {"session": signed_in(one.user), "organisation": one.organisation_id} for one in owners
        ],
        "managers": [{"session": signed_in(one.user)} for one in managers],
        "evaluators": [{"session": signed_in(one)} for one in evaluators],
        "new_action": f"{top}actions/new/",
        "follow_up": f"{top}follow-up/",
        "report": f"{top}report/for/management/",
        "full_report": f"{top}report/",
    }


if __name__ == "__main__":
    django.setup()

    from tests import factories as make

    json.dump(day(json.load(sys.stdin)), sys.stdout)
