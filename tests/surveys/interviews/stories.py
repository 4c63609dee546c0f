"""A round of interviews: Cleo runs it, Ida and Ivo interview, contact people of four towns."""

import datetime as dt

from people.enums import SizeClass
from surveys.domain.guides import ship_guides
from surveys.domain.rounds import RoundPlan, prepare_round
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
