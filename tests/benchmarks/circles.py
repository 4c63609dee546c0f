"""The pages of circles and follow-up in a large programme.

`python -m tests.benchmarks.circles` fills the database of the environment with 400 organisations,
2,000 circles, 20,000 sessions and 200,000 actions, and prints as JSON how many queries each page
takes and how many milliseconds at the server (median of requests in this process).
"""

import datetime as dt
import itertools
import json
import random
import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

import django

ORGANISATIONS = 400
CIRCLES = 2_000
SESSIONS = 20_000
ACTIONS = 200_000
AT_ONCE = 5_000
REQUESTS = 15
TODAY = dt.date.today()
MOST_QUERIES, MOST_MS = 15, 200


def made(model: Any, rows: Iterator[Any]) -> list[Any]:
    """Store them, some thousands at once."""
    return model.objects.bulk_create(rows, batch_size=AT_ONCE)


def places() -> tuple[Any, list[Any]]:
    """A programme, and somebody of each of its organisations, of which the first manages."""
    from benchmarks.models import Cycle, Participation, Programme
    from people.models import Membership, MembershipRole, Organisation, User

    programme = Programme.objects.create(code="large", name="Large")
    year = {"starts_on": dt.date(TODAY.year, 1, 1), "ends_on": dt.date(TODAY.year, 12, 31)}
    cycle = Cycle.objects.create(programme=programme, name="now", **year)
    numbers = range(ORGANISATIONS)
    towns = made(Organisation, (Organisation(code=f"g{n}", name=f"Gemeente {n}") for n in numbers))
    users = made(User, (User(email=f"g{n}@example.org", name=f"Person {n}") for n in numbers))
    made(
        Participation,
        (Participation(cycle=cycle, organisation=town, reference=town.code) for town in towns),
    )
    pairs = zip(users, towns, strict=True)
    members = made(Membership, (Membership(user=user, organisation=town) for user, town in pairs))
    roles = itertools.product(members, ("participant", "management"))
    made(MembershipRole, (MembershipRole(membership=one, role=role) for one, role in roles))
    return programme, members


def meetings(programme: Any, members: list[Any]) -> list[Any]:
    """Circles of eight members, and the ten sessions of each: nine held, one to come."""
    from learningcircles.models import Attendance, Circle, CircleMember, Session

    circles = made(
        Circle, (Circle(programme=programme, theme=f"Theme {n}") for n in range(CIRCLES))
    )
    groups = [[members[(n * 7 + k * 13) % ORGANISATIONS] for k in range(8)] for n in range(CIRCLES)]
    belongs = [
        (circle, one) for circle, group in zip(circles, groups, strict=True) for one in group
    ]
    joined = TODAY - dt.timedelta(days=900)
    made(CircleMember, (CircleMember(circle=c, membership=m, joined_on=joined) for c, m in belongs))
    now = dt.datetime.now(dt.UTC)
    each = SESSIONS // CIRCLES

    def session(circle: Any, number: int) -> Any:
        start = now - dt.timedelta(days=60 * (each - 2 - number) + 5)
        return Session(
            programme=programme,
            circle=circle,
            kind="learning_circle",
            title=f"Session {number}",
            starts_at=start,
            ends_at=start + dt.timedelta(hours=2),
            state="held" if start < now else "planned",
        )

    rows = itertools.product(circles, range(each))
    sessions = made(Session, (session(circle, number) for circle, number in rows))
    guests = ((s, one) for s, group in zip(sessions[::each], groups, strict=True) for one in group)
    made(Attendance, (Attendance(session=s, membership=one) for s, one in guests))
    return [(s, groups[n // each]) for n, s in enumerate(sessions)]


def promises(programme: Any, meetings_held: list[Any]) -> None:
    """Actions of those sessions: done, dropped, under way, overdue, of nobody."""
    from learningcircles.models import Action

    dice = random.Random(1)

    def action(number: int) -> Any:
        session, group = meetings_held[number % len(meetings_held)]
        owner = dice.choice(group)
        agreed = min(session.starts_at.date(), TODAY)
        took = min(agreed + dt.timedelta(days=dice.randrange(5, 200)), TODAY)
        fate = dice.choice(("done", "done", "dropped", "agreed", "under_way", "handed_over"))
        due = agreed + dt.timedelta(days=dice.choice((30, 60, 90)))
        return Action(
            programme=programme,
            organisation_id=owner.organisation_id,
            owner=owner if dice.random() < 0.9 else None,
            title=f"Action {number}",
            status=fate,
            session=session,
            agreed_on=agreed,
            due=due,
            original_due=due,
            done_on=took if fate == "done" else None,
            dropped_on=took if fate == "dropped" else None,
            drop_reason="No money" if fate == "dropped" else "",
            handed_on=took if fate == "handed_over" else None,
        )

    for start in range(0, ACTIONS, AT_ONCE):
        made(Action, (action(number) for number in range(start, start + AT_ONCE)))


def look(client: Any, address: str) -> dict[str, float]:
    """Queries of one request, and the median time of some."""
    from django.db import connection

    queries: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    client.get(address)
    with connection.execute_wrapper(note):
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    times = []
    for _request in range(REQUESTS):
        began = time.perf_counter()
        client.get(address)
        times.append(1000 * (time.perf_counter() - began))
    return {"queries": len(queries), "ms": median(times)}


def measure() -> dict[str, Any]:
    """Fill, let a worker count the group, and look at both pages as a member and manager."""
    from django.db import connection
    from django.test import Client

    from learningcircles.domain.groups import count_groups

    programme, members = places()
    held = meetings(programme, members)
    promises(programme, held)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    began = time.perf_counter()
    count_groups(TODAY)
    counted = time.perf_counter() - began
    circle = held[0][0].circle
    client = Client(headers={"x-forwarded-proto": "https", "host": "127.0.0.1"})
    client.force_login(held[0][1][0].user, "allauth.account.auth_backends.AuthenticationBackend")
    return {
        "management": look(client, f"/programmes/{programme.code}/follow-up/"),
        "circle": look(client, f"/programmes/{programme.code}/circles/{circle.pk}/"),
        "group counted s": counted,
    }


HEAD = ["database", "page", "queries", "at most", "median ms", "at most"]


def rows_of(database: str, found: dict[str, Any]) -> list[list[str]]:
    """A line for each page."""
    return [
        [
            database,
            page,
            f"{found[page]['queries']:.0f}",
            str(MOST_QUERIES),
            f"{found[page]['ms']:.0f}",
            str(MOST_MS),
        ]
        for page in ("management", "circle")
    ]


if __name__ == "__main__":
    django.setup()
    json.dump(measure(), sys.stdout)
