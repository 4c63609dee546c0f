"""What is talked about: the circles, their sessions, and the signals that came up. Invented."""

import datetime as dt
from dataclasses import dataclass, field

from learningcircles.enums import SessionKind

D = dt.date


@dataclass(frozen=True, slots=True)
class Theme:
    """A circle, who is in it, and the days on which it met or will meet."""

    theme: str
    goal: str
    places: tuple[str, ...]
    met: tuple[dt.date, ...]
    to_come: dt.date
    indicator: str
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """A session outside circles; of one organisation when `place` is given."""

    kind: SessionKind
    title: str
    goal: str
    day: dt.date
    place: str = ""
    where: str = "Online"
    signals: tuple[str, ...] = field(default=())
    indicator: str = ""


THEMES = (
    Theme(
        "Korter wachten",
        "Wie zich meldt, heeft binnen drie weken een eerste gesprek, zonder extra mensen.",
        (
            "demo-kromwoude",
            "demo-veldersum",
            "demo-linderbeek",
            "demo-waterhove",
            "demo-stadsmeer",
            "demo-drie-kernen",
        ),
        (
            D(2024, 4, 16),
            D(2024, 10, 8),
            D(2025, 3, 18),
            D(2025, 9, 30),
            D(2026, 4, 14),
            D(2026, 10, 6),
        ),
        D(2026, 12, 10),
        "waiting-time",
        (
            "Een derde van de meldingen wacht op een ontbrekend bewijsstuk.",
            "Na een telefonische intake komt bijna iedereen opdagen.",
            "Op maandag komen twee keer zoveel meldingen binnen als op vrijdag.",
            "Het eerste gesprek duurt overal langer dan er is ingepland.",
        ),
    ),
    Theme(
        "Minder uitval",
        "Begrijpen waarom inwoners stoppen, en dat een maand eerder zien aankomen.",
        (
            "demo-kromwoude",
            "demo-duinhorst",
            "demo-heivoorde",
            "demo-nieuwerdijk",
            "demo-tolderhem",
        ),
        (D(2024, 6, 4), D(2025, 5, 20), D(2026, 5, 26)),
        D(2027, 1, 14),
        "drop-out",
        (
            "De meeste mensen haken af tussen het plan en de eerste betaling.",
            "Wie een vaste contactpersoon heeft, stopt half zo vaak.",
            "Brieven worden niet geopend; een berichtje vooraf helpt.",
        ),
    ),
    Theme(
        "Er vroeg bij zijn",
        "Inwoners met beginnende betalingsachterstanden bereiken voordat het schulden zijn.",
        (
            "demo-kromwoude",
            "demo-oosterheide",
            "demo-zandermond",
            "demo-waterhove",
            "demo-stadsmeer",
        ),
        (D(2024, 9, 12), D(2025, 6, 12), D(2026, 6, 9)),
        D(2026, 11, 17),
        "reach",
        (
            "Woningcorporaties melden eerder dan energiebedrijven.",
            "Huisbezoek in de avond levert twee keer zoveel gesprekken op.",
            "Jongeren reageren niet op een brief, wel op een appje.",
        ),
    ),
)

TALKS = (
    Talk(
        SessionKind.JOINT_INTERPRETATION,
        "Gezamenlijk duidingsgesprek 2024",
        "Samen zien wat er opvalt in de eerste ronde.",
        D(2024, 11, 14),
        where="Stadhuis Linderbeek",
        signals=("De verschillen in uitval zijn groter dan iemand had verwacht.",),
        indicator="drop-out",
    ),
    Talk(
        SessionKind.JOINT_INTERPRETATION,
        "Gezamenlijk duidingsgesprek 2025",
        "Wat is er sinds vorig jaar veranderd, en waar komt dat door?",
        D(2025, 11, 13),
        where="Stadhuis Waterhove",
        signals=(
            "Wie de intake aanpaste, ziet de wachttijd dalen.",
            "Duurdere trajecten zijn niet de betere trajecten.",
        ),
        indicator="waiting-time",
    ),
    Talk(
        SessionKind.INTERPRETATION,
        "Duidingsgesprek Linderbeek",
        "Begrijpen waarom de uitval hier stijgt.",
        D(2025, 12, 2),
        place="demo-linderbeek",
        where="Stadhuis Linderbeek",
        signals=("Overgenomen trajecten na een verhuizing tellen mee als uitval.",),
        indicator="drop-out",
    ),
    Talk(
        SessionKind.WORKING_VISIT,
        "Werkbezoek aan Duinhorst aan Zee",
        "Zien hoe een intake per telefoon werkt.",
        D(2026, 3, 12),
        where="Gemeentewerf Duinhorst",
        signals=("De telefonische intake spaart per melding een halfuur.",),
        indicator="waiting-time",
    ),
    Talk(
        SessionKind.JOINT_INTERPRETATION,
        "Gezamenlijk duidingsgesprek 2026",
        "Kiezen welke twee cijfers volgend jaar het gesprek bepalen.",
        D(2026, 9, 17),
        where="Stadhuis Stadsmeer",
        signals=(
            "De terugval daalt nauwelijks, ook waar alles anders is georganiseerd.",
            "Kleine gemeenten halen hun cijfers uit drie systemen.",
        ),
        indicator="relapse",
    ),
    Talk(
        SessionKind.INTERPRETATION,
        "Duidingsgesprek Kromwoude",
        "Eén verklaring vinden voor de wachttijd, en één ding dat we anders gaan doen.",
        D(2026, 10, 20),
        place="demo-kromwoude",
        where="Gemeentehuis Kromwoude",
        signals=("De wachttijd ontstaat vóór het eerste gesprek: bij de aanmeldbalie.",),
        indicator="waiting-time",
    ),
)
CALLED_OFF = Talk(
    SessionKind.WORKSHOP,
    "Workshop definities",
    "Afspreken wanneer een traject als uitval telt.",
    D(2026, 2, 3),
)
TO_COME = Talk(
    SessionKind.ROUND_TABLE,
    "Ronde tafel met schuldeisers",
    "Weten wat schuldeisers nodig hebben om sneller akkoord te gaan.",
    D(2027, 1, 12),
    where="Stadhuis Waterhove",
)
