"""Two hundred at once for the last time of each of five interviewers: five get it."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.models import OutboxMail
from surveys.domain import booking
from surveys.domain.asking import approach
from surveys.domain.booking import Taken, book_interview
from surveys.domain.rounds import add_candidates, prepare_round
from surveys.domain.sampling import choose_by_hand
from surveys.models import Candidate, Interview, Seat
from tests.surveys.interviews.stories import NOW, Scene, at, hours
from tests.surveys.test_at_once import patiently

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, INTERVIEWERS, AT_ONCE = 200, 5, 40
LAST = at(3, 10)


@pytest.fixture
def people():
    """Two hundred asked; each interviewer has an hour on Wednesday, and one a week later."""
    scene = Scene(towns=1, contacts=1)
    interviewers = tuple(scene.appoint("facilitator") for _each in range(INTERVIEWERS))
    days = [(day, dt.time(10), dt.time(11)) for day in (dt.date(2027, 3, 3), dt.date(2027, 3, 10))]
    for user in interviewers:
        hours(user, weekly=[(6, dt.time(22), dt.time(22, 30))], other_days=days)
    round = prepare_round(scene.cycle, plan=scene.plan(interviewers=interviewers), by=scene.cleo)
    town = scene.towns[0].organisation
    add_candidates(
        round,
        [
            Candidate(organisation=town, name=f"P{number}", email=f"p{number}@example.org")
            for number in range(PEOPLE)
        ],
    )
    rows = round.candidates.filter(membership=None)
    choose_by_hand(round, chosen=list(rows.values_list("pk", flat=True)), by=scene.cleo)
    approach(round, by=scene.cleo)
    return list(rows.order_by("pk"))


def all_at_once(people):
    start = threading.Barrier(AT_ONCE)
    begun = threading.local()

    def run(one):
        if not hasattr(begun, "yes"):
            begun.yes = True
            start.wait()
        try:
            return patiently(lambda: book_interview(one, starts_at=LAST, way="video", now=NOW))
        except Taken as error:
            return error.times
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, people))


def check(found):
    booked = [one for one in found if isinstance(one, Interview)]
    assert len(booked) == INTERVIEWERS == Interview.objects.count() == Seat.objects.count()
    assert len({one.interviewer_id for one in booked}) == INTERVIEWERS
    a_week_later = [at(10, 10)]
    assert [one for one in found if not isinstance(one, Interview)] == [a_week_later] * (
        PEOPLE - INTERVIEWERS
    )
    mails = OutboxMail.objects.filter(reference__startswith="interview:")
    assert mails.count() == 2 * INTERVIEWERS


def test_two_hundred_at_once_for_the_last_time_of_each_of_five_interviewers(people):
    check(all_at_once(people))


def test_the_database_alone_holds_it_when_nothing_else_does(people, monkeypatch):
    """Without the second look under a lock: what then refuses is the constraint."""
    monkeypatch.setattr(booking, "check_free", lambda *args, **kwargs: None)
    check(all_at_once(people))
