"""A round of interviews: Cleo runs it, Ida and Ivo interview, contact people of four towns."""

import datetime as dt
from zoneinfo import ZoneInfo

from people.enums import SizeClass
from surveys.domain.asking import approach
from surveys.domain.booking import book_interview
from surveys.domain.diaries import diary_of, keep_diary
from surveys.domain.guides import ship_guides
from surveys.domain.interview_mails import token_of_candidate
from surveys.domain.rounds import RoundPlan, prepare_round
from surveys.domain.sampling import choose_by_hand
from tests import factories as make

FIRST, LAST = dt.date(2027, 3, 1), dt.date(2027, 4, 30)
SIZES = (SizeClass.UNDER_20, SizeClass.UNDER_20, SizeClass.OVER_250, SizeClass.OVER_250)


class Scene:
    """All names are invented."""

    def __init__(self, cycle=None, towns=4, contacts=3):
        self.cycle = cycle or make.CycleFactory()
        self.programme = self.cycle.programme
        self.cleo = self.appoint("coordinator")
        self.ida, self.ivo = (self.appoint("facilitator") for _each in range(2))
        self.towns = [self.town(number, contacts) for number in range(towns)]
        self.ten, self.fourteen = ship_guides(self.programme) or self.programme.guides.all()

    def appoint(self, role):
        return make.AppointmentFactory(programme=self.programme, role=role).user

    def town(self, number, contacts):
        place = make.OrganisationFactory(
            size_class=SIZES[number % 4], region=("Noord", "Zuid")[number % 2]
        )
        participation = make.ParticipationFactory(cycle=self.cycle, organisation=place)
        people = [
            make.MembershipFactory(organisation=place, function="Beleidsadviseur")
            for _each in range(contacts)
        ]
        participation.contacts.set(people)
        return participation

    def plan(self, **fields):
        base = {
            "guide": self.ten,
            "name": "Najaar",
            "purpose": "Horen wat de benchmark brengt.",
            "starts_on": FIRST,
            "ends_on": LAST,
            "interviewers": (self.ida, self.ivo),
        }
        return RoundPlan(**base | fields)

    def round(self, **fields):
        return prepare_round(self.cycle, plan=self.plan(**fields), by=self.cleo)


NOW = dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NINE, NOON, FIVE = dt.time(9), dt.time(12), dt.time(17)
WEEK = tuple((day, NINE, FIVE) for day in range(5))


def hours(user, weekly=WEEK, other_days=(), **around):
    """The hours of an interviewer."""
    base = {"before": 10, "after": 15, "travel": 45, "most_a_day": 4, "lead_hours": 24}
    return keep_diary(diary_of(user), weekly=weekly, other_days=other_days, **base | around)


def at(day, hour, minute=0):
    """A moment in March 2027 on an Amsterdam clock."""
    return dt.datetime(2027, 3, day, hour, minute, tzinfo=AMSTERDAM)


class Asked(Scene):
    """A round in which everybody was asked, and both interviewers have hours."""

    def __init__(self, *args, plan=None, weekly=WEEK, around=None, **kwargs):
        super().__init__(*args, **kwargs)
        for user in (self.ida, self.ivo):
            hours(user, weekly, **around or {})
        self.asked = self.round(**plan or {})
        everybody = list(self.asked.candidates.values_list("pk", flat=True))
        choose_by_hand(self.asked, chosen=everybody, by=self.cleo)
        approach(self.asked, by=self.cleo)
        self.asked.refresh_from_db()
        self.people = list(self.asked.candidates.order_by("pk"))

    def book(self, number=0, when=None, way="video", **kwargs):
        return book_interview(
            self.people[number], starts_at=when or at(3, 10), way=way, now=NOW, **kwargs
        )

    def token(self, number=0):
        return token_of_candidate(self.people[number], self.asked)
