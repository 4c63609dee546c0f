"""Invented interviews of the second round, coded by two who didn't see each other's work."""

from collections.abc import Iterator

from config.demo.programme import YEARS
from config.demo.scene import Scene
from config.studies.vensters_codebook import RATINGS
from people.enums import Role
from people.models import Organisation
from surveys.coding_queries import newest_codebook, places_of
from surveys.domain.adjudication import adjudicate
from surveys.domain.coding_work import add_text, code_variable, finish_coding
from surveys.models import CodedText, Coding, How

YEAR = YEARS[1]
CODED, SLIPS = 7, 0.2
SAID: dict[str, tuple[str, str, str]] = {
    "motivation": (
        "Eerlijk gezegd doen we mee omdat iedereen meedoet.",
        "De een komt graag naar de bijeenkomsten, de ander laat het aan zich voorbijgaan.",
        "Ik kijk er elk jaar naar uit, je steekt er altijd iets van op.",
    ),
    "room_for_ideas": (
        "Met een idee hoef je hier niet aan te komen.",
        "Een idee mag, zolang het niets kost.",
        "Wat ik meebreng, mag ik uitproberen.",
    ),
    "themes_and_topics": (
        "Het ging weer over dingen waar wij niets mee doen.",
        "Soms raakte het aan wat bij ons speelt, soms niet.",
        "De onderwerpen kwamen recht uit onze eigen praktijk.",
    ),
    "knowledge_sharing": (
        "Iedereen houdt zijn werkwijze voor zich.",
        "In de kring wordt gedeeld, daarbuiten weinig.",
        "We sturen elkaar onze formulieren en bellen als we vastlopen.",
    ),
    "individual": (
        "Een slecht cijfer laat je liever niet zien.",
        "Het hangt ervan af wie er aan tafel zit.",
        "Ik durf gewoon te zeggen wat niet lukt.",
    ),
    "organisational": (
        "Er is geen uur voor vrijgemaakt.",
        "Tijd is er, maar de mensen wisselen.",
        "Het staat in ons jaarplan en dus in de agenda.",
    ),
    "saving": (
        "Het kost vooral tijd.",
        "Hier en daar scheelt het een formulier.",
        "We doen nu hetzelfde met een dag per week minder.",
    ),
    "steering": (
        "De cijfers komen te laat om er iets mee te doen.",
        "De manager kijkt ernaar, de teams niet.",
        "Het cijfer staat elk kwartaal op onze agenda.",
    ),
    "way_of_working": (
        "We werken nog precies zoals vroeger.",
        "Eén team is anders gaan werken.",
        "Sindsdien bellen we eerst, en dat bevalt.",
    ),
    "goal_attainment": (
        "Wat we ermee wilden, is niet gelukt.",
        "Een deel van wat we wilden is er gekomen.",
        "We wilden sneller helpen, en dat is gelukt.",
    ),
}
"""How somebody might have put each rating, lowest first."""


def make_interviews(scene: Scene) -> None:
    """Some coded by two, one of them decided where they differed; one that waits for its coders."""
    talked_to = list(scene.organisations.values())[: CODED + 1]
    for organisation in talked_to[:CODED]:
        _coded(scene, organisation)
    _decide_one(scene)
    _text(scene, talked_to[CODED], [values[1] for values in SAID.values()])


def _text(scene: Scene, organisation: Organisation, said: list[str]) -> CodedText:
    facilitator, coordinator = scene.users[Role.FACILITATOR], scene.users[Role.COORDINATOR]
    return add_text(
        scene.cycles[YEAR],
        organisation=organisation,
        title="Gesprek met de contactpersoon",
        body="\n\n".join(said),
        coders=[facilitator, coordinator],
        by=coordinator,
    )


def _coded(scene: Scene, organisation: Organisation) -> None:
    ranks = {code: scene.dice.choice((0, 1, 1, 2, 2)) for code in SAID}
    text = _text(scene, organisation, [SAID[code][rank] for code, rank in ranks.items()])
    book = newest_codebook(scene.programme.pk)
    variables = {row.code: row for row in book.variables.all()} if book else {}
    for task in text.tasks.select_related("coder"):
        for code, value in _seen(scene, ranks):
            code_variable(task, variables[code], values=[value], passage=SAID[code][ranks[code]])
        finish_coding(task)


def _seen(scene: Scene, ranks: dict[str, int]) -> Iterator[tuple[str, str]]:
    """What one coder sees: mostly what is there, now and then one step beside it."""
    for code, rank in ranks.items():
        slips = scene.dice.random() < SLIPS / 2
        yield code, RATINGS[max(0, min(2, rank + scene.dice.choice((-1, 1)))) if slips else rank]


def _decide_one(scene: Scene) -> None:
    """The first place where the two differ is decided in talk."""
    rows = Coding.objects.filter(variable__codebook__programme=scene.programme, text__isnull=False)
    texts = CodedText.objects.in_bulk()
    for variable in dict.fromkeys(row.variable for row in rows.select_related("variable")):
        places = places_of(rows.filter(variable=variable).select_related("organisation", "cycle"))
        place = next((each for each in places if each.differs), None)
        if place is not None:
            adjudicate(
                variable,
                cycle=place.cycle,
                organisation=place.organisation,
                text=texts[place.text_id or 0],
                values=place.seen[0].values,
                how=How.TALK,
                reason="Samen herlezen: de hele zin weegt zwaarder dan het ene woord.",
                by=scene.users[Role.FACILITATOR],
            )
            return
