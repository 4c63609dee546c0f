"""Free times of interviews, and bookings by many at once.

`python -m tests.benchmarks.interviews` fills the database of the environment with a round of eight
weeks, ten interviewers and what they have booked, and prints as JSON how many queries and
milliseconds the free times take for one respondent (median), and how many bookings a second fifty
at once get done.
"""

import datetime as dt
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

import django

INTERVIEWERS, WEEKS = 10, 8
BOOKED_EACH = 60
REQUESTS = 30
BOOKINGS, AT_ONCE = 500, 50
MOST_QUERIES, MOST_MS = 8, 50


def a_round() -> Any:
    """A round, ten interviewers with hours of every weekday, and somebody for each booking."""
    from surveys.domain.asking import approach
    from surveys.domain.rounds import add_candidates, prepare_round
    from surveys.domain.sampling import choose_by_hand
    from surveys.models import Candidate
    from tests.surveys.interviews.stories import Scene, hours

    scene = Scene(towns=1, contacts=0)
    users = tuple(scene.appoint("facilitator") for _each in range(INTERVIEWERS))
    for user in users:
        hours(user, most_a_day=20)
    today = dt.date.today()
    plan = scene.plan(
        starts_on=today,
        ends_on=today + dt.timedelta(weeks=WEEKS),
        interviewers=users,
        minutes=30,
    )
    round = prepare_round(scene.cycle, plan=plan, by=scene.cleo)
    town = scene.towns[0].organisation
    number = BOOKINGS + INTERVIEWERS * BOOKED_EACH
    new = [
        Candidate(organisation=town, name=f"P{n}", email=f"p{n}@example.org") for n in range(number)
    ]
    made = add_candidates(round, new)
    choose_by_hand(round, chosen=[one.pk for one in made], by=scene.cleo)
    approach(round, by=scene.cleo)
    round.refresh_from_db()
    return round


def book(one: Any, starts_at: dt.datetime) -> bool:
    """Book this time, or the first free one that is told instead."""
    from django.utils import timezone

    from surveys.domain.booking import Taken, book_interview

    for _try in range(20):
        try:
            book_interview(one, starts_at=starts_at, way="video", now=timezone.now())
        except Taken as error:
            if not error.times:
                return False
            starts_at = error.times[one.pk % len(error.times)]
        else:
            return True
    return False


def all_at_once(people: list[Any], times: list[dt.datetime]) -> dict[str, Any]:
    """Everybody books, fifty at a time; how fast, and that nobody has a time twice."""
    from django.db import connection

    start = threading.Barrier(AT_ONCE)
    begun = threading.local()

    def run(number: int) -> bool:
        if not hasattr(begun, "yes"):
            begun.yes = True
            start.wait()
        try:
            return book(people[number], times[(number * 7) % len(times)])
        finally:
            connection.close()

    before = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = sum(pool.map(run, range(len(people))))
    seconds = time.perf_counter() - before
    return {"booked": done, "seconds": round(seconds, 1), "per_second": round(done / seconds, 1)}


def measure() -> dict[str, Any]:
    """Fill, look, book."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from surveys.booking_queries import candidate_of, free_in, interview_of
    from surveys.domain.interview_mails import token_of_candidate

    made = a_round()
    people = list(made.candidates.order_by("pk"))
    times = [
        dt.datetime.fromtimestamp(at, dt.UTC)
        for at in free_in(made, visit=False, now=timezone.now())
    ]
    filled = people[BOOKINGS:]
    for number, one in enumerate(filled):
        assert book(one, times[(number * 11) % len(times)])
    token = token_of_candidate(people[0], made)

    def look() -> dict[int, list[int]]:
        candidate = candidate_of(token)
        assert candidate is not None and interview_of(candidate) is None
        return free_in(candidate.round, visit=True, now=timezone.now())

    with CaptureQueriesContext(connection) as seen:
        found = look()
    spent = []
    for _request in range(REQUESTS):
        before = time.perf_counter()
        look()
        spent.append(1000 * (time.perf_counter() - before))
    told = {
        "database": connection.vendor,
        "free_times": len(found),
        "queries": len(seen),
        "median_ms": round(median(spent), 1),
        "within": len(seen) <= MOST_QUERIES and median(spent) <= MOST_MS,
    }
    return told | {"bookings": all_at_once(people[:BOOKINGS], times)}


def rows_of(database: str, found: dict[str, Any]) -> list[list[str]]:
    """Lines for the table of pages: the free times, and a booking among fifty at once."""
    done = found["bookings"]
    each = f"{1000 / done['per_second']:.0f}"
    return [
        [
            database,
            "free times",
            str(found["queries"]),
            str(MOST_QUERIES),
            f"{found['median_ms']:.0f}",
            str(MOST_MS),
        ],
        [database, f"{done['booked']} bookings by {AT_ONCE} at once, each", "", "", each, ""],
    ]


def main() -> None:
    django.setup()
    print(json.dumps(measure()))


if __name__ == "__main__":
    main()
