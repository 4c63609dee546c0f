"""Some sixty actions, in every state that an action can be in."""

import datetime as dt
from collections.abc import Callable
from itertools import cycle
from typing import Any

from config.demo.meetings import at
from config.demo.members import OWN_PLACE
from config.demo.scene import Scene
from learningcircles.domain.actions import (
    add_note,
    agree_action,
    decide_on_action,
    drop_action,
    hand_to_management,
    postpone_action,
    update_action,
)
from learningcircles.enums import ActionStatus, Horizon, ManagementAnswer
from learningcircles.models import Action, Session
from people.enums import Role
from people.models import Membership, User

OF_EARLIER_YEARS = 36
OF_THIS_YEAR = 24
LAST_DAY = dt.date(2026, 11, 23)
"""How far the story has come: nothing is done later."""

TITLES = (
    "Eén lijst met bewijsstukken maken en die vooraf sturen",
    "Intake per telefoon proberen met twintig meldingen",
    "Meelopen bij de aanmeldbalie van Duinhorst aan Zee",
    "Spreekuur op maandagochtend openen",
    "Vaste contactpersoon per inwoner invoeren",
    "Berichtje sturen de dag voor een afspraak",
    "Drie brieven terugbrengen tot één",
    "Met de woningcorporatie afspreken wanneer zij melden",
    "Uitgevallen inwoners bellen: waarom bent u gestopt?",
    "Huisbezoek in de avond proberen in één wijk",
    "Definitie van uitval naast de eigen registratie leggen",
    "Werkvoorraad elke week met het team bekijken",
    "Jongeren benaderen via het jongerenwerk",
    "Uitkomsten van de benchmark met de uitvoering bespreken",
    "Model van Waterhove voor het plan van aanpak overnemen",
    "Raadsbrief schrijven over wachttijd en wat we eraan doen",
    "Budgetcursus koppelen aan het einde van een traject",
    "Nazorggesprek na een halfjaar invoeren",
    "Meldingen die wachten op een bewijsstuk apart bijhouden",
    "Twee intakers vrijmaken op maandag",
    "Plan van aanpak op één bladzijde brengen",
    "Uitval per maand aan het team laten zien",
    "Vrijwilligers vragen mee te gaan naar het eerste gesprek",
    "Energiebedrijf uitnodigen voor de volgende bijeenkomst",
    "Eerste gesprek inkorten tot drie kwartier",
    "Afspraak per bericht laten bevestigen",
    "Cijfers uit drie systemen naast elkaar leggen",
    "Werkgevers vragen wanneer zij loonbeslag zien aankomen",
    "Brieven door inwoners zelf laten lezen en verbeteren",
    "Bij elke stop opschrijven waarom",
)
WHY = "Omdat de leerkring zag dat dit elders de wachttijd en de uitval verkleinde."
MORE_TIME = ("Collega langdurig ziek", "Wacht op een aanpassing van het systeem", "Zomervakantie")
NOT_ANY_MORE = (
    "Het systeem kan dit niet, en een nieuw systeem komt pas over twee jaar.",
    "Na de proef bleek het geen tijd te schelen.",
    "Opgegaan in een groter project van de regio.",
)

ASKED = "Hiervoor is een halve formatieplaats nodig. Kan dat uit het budget van dit jaar?"

type Fate = Callable[["Maker", Action], None]


class Maker:
    """Makes the actions one by one, and lets each go its way."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.dice = scene, scene.dice
        self.titles = cycle(TITLES)
        self.by: User = scene.users[Role.FACILITATOR]

    def agree(
        self, session: Session, place: str, *, owner: Membership | None, **told: Any
    ) -> Action:
        """Agree an action at the end of a session, mostly because of one of its signals."""
        signals = [signal for signal in self.scene.signals if signal.session_id == session.pk]
        because = self.dice.choice(signals) if signals and self.dice.random() < 0.75 else None
        moved = because.figure.indicator if because and because.figure else None
        fields: dict[str, Any] = {
            "due": session.ends_at.date() + dt.timedelta(days=self.dice.choice((45, 60, 90, 120))),
            "horizon": Horizon.LONG if self.dice.random() < 0.2 else Horizon.SHORT,
            "why": WHY if because else "",
            **told,
        }
        return agree_action(
            self.scene.programme,
            by=self.by,
            organisation=self.scene.organisations[place],
            title=next(self.titles),
            owner=owner,
            session=session,
            signal=because,
            indicator=moved,
            at=session.ends_at,
            **fields,
        )

    def after(self, action: Action, days: int) -> dt.datetime:
        """Some days after it was agreed, and not later than where the story has come."""
        day = (action.agreed_on or dt.date(2026, 10, 6)) + dt.timedelta(days=days)
        return at(min(day, LAST_DAY), 10)

    def doer(self, action: Action) -> User:
        return action.owner.user if action.owner else self.by

    def begin(self, action: Action, days: int = 12) -> Action:
        return update_action(
            action,
            by=self.doer(action),
            version=action.version,
            status=ActionStatus.UNDER_WAY,
            at=self.after(action, days),
        )

    def finish(self, action: Action, days: int) -> Action:
        action = update_action(
            action,
            by=self.doer(action),
            version=action.version,
            status=ActionStatus.DONE,
            at=self.after(action, days),
        )
        note = "Gedaan. Op de volgende bijeenkomst vertellen we wat het opleverde."
        add_note(action, by=self.doer(action), text=note, at=self.after(action, days))
        return action

    def put_off(self, action: Action, days: int, by_days: int) -> Action:
        due = (action.due or self.after(action, days).date()) + dt.timedelta(days=by_days)
        return postpone_action(
            action,
            by=self.doer(action),
            version=action.version,
            due=due,
            reason=self.dice.choice(MORE_TIME),
            at=self.after(action, days),
        )

    def ask(self, action: Action, days: int) -> Action:
        return hand_to_management(
            action,
            by=self.doer(action),
            version=action.version,
            reason=ASKED,
            at=self.after(action, days),
        )


# --- what becomes of an action -----------------------------------------------------------------


def leave(maker: Maker, action: Action) -> None:
    """Nothing was heard of it since."""


def begun(maker: Maker, action: Action) -> None:
    maker.begin(action)


def done_in_time(maker: Maker, action: Action) -> None:
    maker.finish(maker.begin(action), days=maker.dice.randrange(20, 45))


def done_late(maker: Maker, action: Action) -> None:
    maker.finish(maker.put_off(maker.begin(action), days=40, by_days=60), days=110)


def dropped(maker: Maker, action: Action) -> None:
    drop_action(
        action,
        by=maker.doer(action),
        version=action.version,
        reason=maker.dice.choice(NOT_ANY_MORE),
        at=maker.after(action, 50),
    )


def postponed(maker: Maker, action: Action) -> None:
    maker.put_off(maker.begin(action), days=14, by_days=75)


def handed_over(maker: Maker, action: Action) -> None:
    maker.ask(action, days=13)


def supported_and_done(maker: Maker, action: Action) -> None:
    asked = maker.ask(action, days=13)
    manager = maker.scene.managers[action.organisation.code].user
    taken = decide_on_action(
        asked,
        by=manager,
        version=asked.version,
        decision=ManagementAnswer.SUPPORTED,
        means="een halve formatieplaats tot het eind van het jaar",
        at=maker.after(action, 30),
    )
    maker.finish(taken, days=90)


EARLIER: tuple[Fate, ...] = (
    done_in_time,
    done_late,
    dropped,
    done_in_time,
    supported_and_done,
    done_in_time,
    begun,
    done_in_time,
    done_late,
    dropped,
    done_in_time,
    leave,
)
THIS_YEAR: tuple[Fate, ...] = (
    begun,
    leave,
    done_in_time,
    postponed,
    begun,
    handed_over,
    leave,
    dropped,
)


def make_promises(scene: Scene) -> None:
    """All actions: those of earlier years, those of this year, and those of who can sign in."""
    maker = Maker(scene)
    this_year = [session for session in scene.sessions if session.starts_at.year == 2026]
    earlier = [session for session in scene.sessions if session.starts_at.year < 2026]
    _spread(maker, earlier, EARLIER, OF_EARLIER_YEARS)
    own = _own(maker, this_year[-1])
    _spread(maker, this_year, THIS_YEAR, OF_THIS_YEAR - own)


def _spread(maker: Maker, sessions: list[Session], fates: tuple[Fate, ...], count: int) -> None:
    """So many actions over these sessions, each of somebody who was there.

    What waits for the participant that one can sign in as is in `_own`.
    """
    noor = maker.scene.users[Role.PARTICIPANT]
    for number, fate in zip(range(count), cycle(fates), strict=False):
        session = sessions[number * len(sessions) // count]
        guests = session.attendances.select_related("membership__organisation", "membership__user")
        people = [guest.membership for guest in guests if guest.membership.user != noor]
        owner = maker.dice.choice(people)
        place = owner.organisation.code
        proposed = fate is leave and number % 2 == 1 and session.starts_at.year == 2026
        if fate is leave:
            name = "Wijkteam" if number % 3 == 0 else ""
            told = {"owner_name": name, "proposed": proposed}
            action = maker.agree(session, place, owner=None, **told)
        else:
            action = maker.agree(session, place, owner=owner)
        fate(maker, action)


def _own(maker: Maker, session: Session) -> int:
    """What waits for the participant and the management that one can sign in as."""
    noor = maker.scene.members[OWN_PLACE][0]
    plans: tuple[tuple[Membership | None, dt.date | None, Fate], ...] = (
        (noor, dt.date(2026, 11, 13), begun),
        (noor, dt.date(2026, 12, 15), leave),
        (noor, dt.date(2027, 1, 29), postponed),
        (noor, dt.date(2026, 12, 1), handed_over),
        (None, None, leave),
    )
    for owner, due, fate in plans:
        fate(maker, maker.agree(session, OWN_PLACE, owner=owner, due=due))
    return len(plans)
