"""Eight indicators, and their figures: with trends, with gaps, and one that is disputed."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.domain.indicators import define_indicator, split_fraction
from benchmarks.enums import Better, FigureStatus
from benchmarks.models import Figure
from config.demo.programme import YEARS
from config.demo.scene import SEED, Scene


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator: where it begins, how it moves in a year, how far organisations differ."""

    code: str
    meaning: str
    meaning_en: str
    unit: str
    unit_en: str
    better: Better
    start: float
    trend: float
    spread: float
    counted_as: str


MEASURES = (
    Measure(
        "waiting-time",
        "Wachttijd tot het eerste gesprek",
        "Waiting time until the first talk",
        "dagen",
        "days",
        Better.LOWER,
        31,
        -3.5,
        9,
        "som van de dagen tussen melding en eerste gesprek / aantal meldingen",
    ),
    Measure(
        "time-to-plan",
        "Doorlooptijd tot het plan van aanpak",
        "Time until the plan",
        "dagen",
        "days",
        Better.LOWER,
        58,
        -4,
        13,
        "som van de dagen tussen eerste gesprek en plan / aantal plannen",
    ),
    Measure(
        "drop-out",
        "Uitval tijdens het traject",
        "Drop-out during the programme",
        "%",
        "%",
        Better.LOWER,
        24,
        -1.5,
        6,
        "voortijdig gestopte trajecten / begonnen trajecten",
    ),
    Measure(
        "reach",
        "Bereik onder inwoners met problematische schulden",
        "Reach among residents with problematic debts",
        "%",
        "%",
        Better.HIGHER,
        17,
        1.5,
        5,
        "inwoners met een traject / inwoners met problematische schulden",
    ),
    Measure(
        "settled",
        "Geslaagde schuldregelingen",
        "Debt settlements that succeeded",
        "%",
        "%",
        Better.HIGHER,
        61,
        2,
        8,
        "geslaagde regelingen / beëindigde regelingen",
    ),
    Measure(
        "relapse",
        "Terugval binnen twee jaar",
        "Relapse within two years",
        "%",
        "%",
        Better.LOWER,
        15,
        -0.5,
        4,
        "opnieuw gemeld binnen twee jaar / geslaagde regelingen",
    ),
    Measure(
        "cost",
        "Kosten per traject",
        "Cost of a programme",
        "euro",
        "euro",
        Better.NEUTRAL,
        2450,
        60,
        380,
        "uitvoeringskosten / begonnen trajecten",
    ),
    Measure(
        "satisfaction",
        "Tevredenheid van inwoners",
        "Satisfaction of residents",
        "rapportcijfer",
        "mark out of ten",
        Better.HIGHER,
        7.1,
        0.1,
        0.5,
        "gemiddelde van de ingevulde oordelen",
    ),
)
MISSING = {
    ("relapse", "demo-zandermond", 2024),
    ("relapse", "demo-oosterheide", 2024),
    ("cost", "demo-tolderhem", 2025),
    ("satisfaction", "demo-drie-kernen", 2024),
    ("reach", "demo-heivoorde", 2026),
    ("time-to-plan", "demo-zandermond", 2026),
}
SHIFTED = {
    ("waiting-time", "demo-kromwoude", 2026): Decimal("17"),
    ("relapse", "demo-kromwoude", 2026): Decimal("-7"),
}
"""What sets an organisation apart, for better and for worse, so that there is something to see."""
EARLIER = range(2019, YEARS[0])
"""Years before the first round, of which the participants brought their figures along."""
DISPUTED = ("drop-out", "demo-linderbeek", 2026)
DISPUTE = "Geteld inclusief trajecten die na een verhuizing door een ander zijn overgenomen."


def make_indicators(scene: Scene) -> None:
    """What is measured, each with one version of its definition."""
    for position, measure in enumerate(MEASURES, start=1):
        numerator, denominator = split_fraction(measure.counted_as)
        scene.definitions[measure.code] = define_indicator(
            scene.programme,
            code=measure.code,
            position=position,
            meaning=measure.meaning,
            meaning_en=measure.meaning_en,
            unit=measure.unit,
            unit_en=measure.unit_en,
            better=measure.better,
            numerator=numerator,
            denominator=denominator,
        )


def _value(scene: Scene, measure: Measure, own: float, year: int) -> Decimal:
    """The group's trend, the organisation's own level, which shrinks a little, and chance."""
    passed = year - YEARS[0]
    noise = scene.dice.gauss(0, measure.spread / 4)
    value = measure.start + measure.trend * passed + own * 0.85**passed + noise
    digits = Decimal("1") if measure.start > 1000 else Decimal("0.1")
    return max(Decimal(str(value)), Decimal(0)).quantize(digits)


def make_figures(scene: Scene) -> None:
    """A value for each organisation and year, but for the gaps."""
    rows = {}
    for measure in MEASURES:
        for place, organisation in scene.organisations.items():
            own = scene.dice.gauss(0, measure.spread)
            for year in YEARS:
                key = (measure.code, place, year)
                value = _value(scene, measure, own, year) + SHIFTED.get(key, 0)
                if key in MISSING:
                    continue
                checked = FigureStatus.CHECKED if year < YEARS[-1] else FigureStatus.ENTERED
                rows[key] = Figure(
                    indicator=scene.definitions[measure.code].indicator,
                    definition=scene.definitions[measure.code],
                    organisation=organisation,
                    period=str(year),
                    value=value,
                    status=FigureStatus.DISPUTED if key == DISPUTED else checked,
                    remark=DISPUTE if key == DISPUTED else "",
                )
    Figure.objects.bulk_create([*rows.values(), *_earlier(scene, rows)])
    scene.figures = rows


def _earlier(scene: Scene, rows: dict[tuple[str, str, int], Figure]) -> Iterator[Figure]:
    """What the participants brought along: back from their first figure, against the trend. Drawn
    with dice of its own, so that all that is drawn later stays as it is."""
    dice = Random(SEED + 1)  # noqa: S311 - no secret
    for measure in MEASURES:
        for place, organisation in scene.organisations.items():
            first = rows.get((measure.code, place, YEARS[0]))
            if first is None:
                continue
            for year in EARLIER:
                against = measure.trend * (YEARS[0] - year)
                noise = dice.gauss(0, measure.spread / 4)
                value = Decimal(str(max(0.0, float(first.value) - against + noise)))
                yield Figure(
                    indicator=scene.definitions[measure.code].indicator,
                    definition=scene.definitions[measure.code],
                    organisation=organisation,
                    period=str(year),
                    value=value.quantize(Decimal("1") if measure.start > 1000 else Decimal("0.1")),
                    status=FigureStatus.CHECKED,
                )
