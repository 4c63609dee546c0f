"""What invented interviews yielded in the newest round: capacity, information, learning."""

from collections.abc import Iterator

from benchmarks.enums import Motive, YesNo
from benchmarks.models import Participation
from config.demo.programme import YEARS
from config.demo.scene import Scene
from config.studies.vensters_codebook import VARIABLES as RATED
from config.studies.workfirst_codebook import AUDIENCES, VARIABLES
from surveys.domain.codings import NewCoding, make_codebook, replace_codings

NOT_ASKED = ("feeling_about_results", "information_quality_mention")
CODER = "verzonnen gespreksronde"
CAPACITIES = ("moderately_learning", "sufficiently_learning", "learning")
SAID: dict[str, tuple[str, str]] = {
    "contacts": ("networking", "Ik weet nu wie ik bij de buren moet bellen."),
    "inspiration": ("positive_experience", "We gingen met meer ideeën naar huis dan we kwamen."),
    "knowing_where_we_stand": ("knowledge", "Voor het eerst zagen we waar we staan."),
    "knowledge_of_developments": ("knowledge", "We horen eerder wat er elders speelt."),
    "mirror": ("positive_experience", "Het hield ons een spiegel voor."),
    "sparring_and_discussion": ("networking", "Het gesprek over de cijfers was het nuttigst."),
    "found_blind_spots": ("knowledge", "Wij hadden niet door dat zoveel mensen afhaken."),
    "working_visit": ("networking", "Na de leerkring zijn we bij hen gaan kijken."),
}
"""What was learned: the category it falls in, and how somebody might have put it."""


def make_codings(scene: Scene) -> None:
    """One conversation for each organisation in the newest round; one of them was not held."""
    cycle = scene.cycles[YEARS[-1]]
    asked = [variable for variable in VARIABLES if variable.code not in NOT_ASKED]
    codebook = make_codebook(scene.programme, variables=[*asked, *RATED])
    taking_part = [p for p in scene.participations if p.cycle_id == cycle.pk]
    codings = [row for p in taking_part[:-1] for row in _conversation(scene, p)]
    replace_codings(codebook, cycle=cycle, coder=CODER, codings=codings)


def _drive(participation: Participation) -> int:
    """How much there is to learn with: hands in the benchmark, and a wish to learn (0 to 5)."""
    phases = participation.involvements.filter(involved=YesNo.YES).count()
    return min(phases, 3) + 2 * (participation.motive == Motive.LEARNING)


def _conversation(scene: Scene, participation: Participation) -> Iterator[NewCoding]:
    dice, drive = scene.dice, _drive(participation)
    learned = dice.sample(sorted(SAID), max(0, min(drive + dice.choice((-1, 0, 1)), 6)))
    heard = dice.sample(sorted(AUDIENCES), max(0, min(drive + dice.choice((-2, -1, 0)), 5)))
    kinds = [SAID[what][0] for what in learned]
    main = max(sorted(set(kinds)), key=kinds.count) if kinds else "none"
    name = participation.organisation

    def coded(variable: str, value: str, passage: str = "", **qualifiers: str) -> NewCoding:
        source = f"verzonnen gesprek met {name}"
        return NewCoding(variable, name, value, source, passage, qualifiers)

    yield coded("learning_capacity", dice.choice(CAPACITIES))
    yield coded("information_quality", dice.choice(("insufficient", "sufficient", "sufficient")))
    yield coded("own_results", dice.choice(("poor", "average", "good")))
    yield coded("social_learning_category", main)
    for what in learned:
        yield coded("learning_experience", what, SAID[what][1], occasion="other_effects")
    for group in heard:
        results = dice.choice(("own_results", "general_results"))
        audience = dice.choice(AUDIENCES[group])
        yield coded("informed_category", group, audience=audience, results=results)
    if "council" in heard and drive > 2:
        yield coded("results_used_politically", "own_results")
