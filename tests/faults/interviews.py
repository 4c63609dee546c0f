"""What respondents do in the story of the killed bookings; each runs as a process."""

import datetime as dt
import sys
import time
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from surveys.booking_queries import free_in
from surveys.domain.asking import approach
from surveys.domain.booking import Taken, book_interview
from surveys.domain.rounds import add_candidates, prepare_round
from surveys.domain.sampling import choose_by_hand
from surveys.models import Candidate, InterviewRound
from tests.surveys.interviews.stories import Scene, hours


def make_round(people: int) -> None:
    """Tables, and a round in which so many people were asked."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    ask_people(Scene(towns=1, contacts=0), people)


def ask_people(scene: Scene, people: int, **fields: Any) -> InterviewRound:
    """A round of sixty days in which so many people of one town were asked."""
    for user in (scene.ida, scene.ivo):
        hours(user, most_a_day=20)
    today = timezone.localdate()
    plan = scene.plan(starts_on=today, ends_on=today + dt.timedelta(days=60), **fields)
    round = prepare_round(scene.cycle, plan=plan, by=scene.cleo)
    town = scene.towns[0].organisation
    new = [
        Candidate(organisation=town, name=f"P{number}", email=f"p{number}@example.org")
        for number in range(people)
    ]
    made = add_candidates(round, new)
    choose_by_hand(round, chosen=[one.pk for one in made], by=scene.cleo)
    approach(round, by=scene.cleo)
    return round


def book_all() -> None:
    """Everybody who has no time books one, one after the other, until somebody kills this."""
    round = InterviewRound.objects.get()
    print("begun", flush=True)
    for one in round.candidates.exclude(standing="agreed").order_by("pk"):
        free = free_in(round, visit=False, now=timezone.now())
        at = dt.datetime.fromtimestamp(next(iter(free)), dt.UTC)
        try:
            book_interview(one, starts_at=at, way="video", now=timezone.now())
        except Taken:
            sys.exit("nobody else books here")
        time.sleep(0.01)
