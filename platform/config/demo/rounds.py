"""Invented interviews in progress: a round of the present year in which some have a time, somebody
said no, and one talk was held and waits for its report."""

import datetime as dt
from itertools import islice

from django.utils import timezone

from config.demo.programme import YEARS
from config.demo.scene import Scene
from people.enums import Role
from surveys.booking_queries import free_in
from surveys.domain.asking import approach, decline
from surveys.domain.booking import book_interview
from surveys.domain.diaries import diary_of, keep_diary
from surveys.domain.guides import ship_guides
from surveys.domain.rounds import RoundPlan, prepare_round
from surveys.domain.sampling import draw_at_random
from surveys.domain.talks import end_talk, keep_note
from surveys.enums import Way
from surveys.models import Candidate, Interview, InterviewRound

DAYS, DRAWN, SEED = 42, 2, 20_261
WEEK = dt.timedelta(days=7)
HOURS = [(day, dt.time(9), dt.time(17)) for day in range(5)]
NOTES = (
    "Gaat graag naar de kring, vooral om anderen te spreken. Vroeger stuurde de chef een ander.",
    "Een idee mag, zolang het niets kost. Het formulier van een buurgemeente is zo overgenomen.",
    "De onderwerpen raken soms aan eigen vragen, soms niet. Mist het gesprek over wachttijden.",
    "Buiten de kring wordt weinig gedeeld; een map met documenten zou helpen.",
)


def make_round(scene: Scene) -> None:
    """A round that is open, with interviews to come and one that was held."""
    facilitator, coordinator = scene.users[Role.FACILITATOR], scene.users[Role.COORDINATOR]
    for user in (facilitator, coordinator):
        keep_diary(diary_of(user), weekly=HOURS, other_days=[], lead_hours=0)
    today = timezone.localdate()
    plan = RoundPlan(
        guide=ship_guides(scene.programme)[0],
        name="Contactpersonen",
        purpose="Horen wat de benchmark brengt, en wat leren en verbeteren in de weg zit.",
        starts_on=today - WEEK,
        ends_on=today + dt.timedelta(days=DAYS),
        interviewers=(facilitator, coordinator),
    )
    round = prepare_round(scene.cycles[YEARS[-1]], plan=plan, by=coordinator)
    draw_at_random(round, by_size=True, by_region=False, each=DRAWN, by=coordinator, seed=SEED)
    approach(round, by=coordinator)
    round.refresh_from_db()
    _answers(round)


def _answers(round: InterviewRound) -> None:
    """One talked a week ago, two have a time, the fourth said no."""
    now = timezone.now()
    people = list(round.candidates.filter(is_chosen=True).order_by("pk")[:4])
    for one, way, since in zip(people, Way.values, (now, now, now - WEEK), strict=False):
        _book(one, way, since)
    if len(people) > 3:
        decline(people[3], reason="no_time")
    held = Interview.objects.filter(round=round, starts_at__lt=now).first()
    if held is not None:
        for topic, text in zip(round.guide.topics.all(), NOTES, strict=False):
            keep_note(held, topic, text=text, is_covered=True, now=held.starts_at)
        end_talk(held, now=held.ends_at, by=held.interviewer)


def _book(one: Candidate, way: str, now: dt.datetime) -> None:
    free = free_in(one.round, visit=way == Way.ON_SITE, now=now)
    starts_at = dt.datetime.fromtimestamp(next(islice(free, 3, None)), dt.UTC)
    book_interview(one, starts_at=starts_at, way=way, now=now)
