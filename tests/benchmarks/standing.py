"""What stands out, measured: 400 organisations, 100 indicators, 40 quarters: 1,600,000 figures.

`python -m tests.benchmarks.standing` fills the database and prints seconds as JSON: `judged` is the
rule alone, on numbers that are there; `all` what stands out for everybody, reading included; `one`
the same for a single organisation, as its page asks.
"""

import json
import sys
from collections.abc import Callable
from random import Random
from time import perf_counter
from typing import Any

import django

ORGANISATIONS, INDICATORS, QUARTERS = 400, 100, 40
BOUND = 5.0
HEAD = ["database", "figures", "judged s", "all s", "one s", "stand out", "within 5 s"]


def row_of(database: str, found: dict[str, Any]) -> list[str]:
    """A line of the table."""
    slowest = max(found["judged"], found["all"])
    seconds = [f"{found[name]:.2f}" for name in ("judged", "all", "one")]
    within = "yes" if slowest < BOUND else "NO"
    return [database, f"{found['figures']:,}", *seconds, str(found["out"]), within]


def periods() -> list[str]:
    """Forty quarters, the oldest first."""
    return [f"{2015 + number // 4}-Q{number % 4 + 1}" for number in range(QUARTERS)]


def fill() -> list[dict[int, list[tuple[str, float]]]]:
    """Make the programme and its figures; by indicator the values by organisation."""
    dice = Random(1)
    programme = Programme.objects.create(code="figures", name="Figures")
    days = {"starts_on": "2024-01-01", "ends_on": "2024-12-31"}
    cycle = Cycle.objects.create(programme=programme, name="2024", **days)
    places = Organisation.objects.bulk_create(
        Organisation(code=f"place-{n}", name=f"Place {n}") for n in range(ORGANISATIONS)
    )
    Participation.objects.bulk_create(
        Participation(cycle=cycle, organisation=each, reference=each.code) for each in places
    )
    return [_indicator(programme, n, [each.pk for each in places], dice) for n in range(INDICATORS)]


def _indicator(
    programme: Any, number: int, places: list[int], dice: Random
) -> dict[int, list[tuple[str, float]]]:
    definition = define_indicator(
        programme, code=f"i{number}", meaning="Invented", unit="", better="lower", period="quarter"
    )
    values = {pk: [(each, round(dice.gauss(50, 9), 2)) for each in periods()] for pk in places}
    rows = (
        Figure(
            indicator_id=definition.indicator_id,
            definition=definition,
            organisation_id=pk,
            period=period,
            value=value,
        )
        for pk, history in values.items()
        for period, value in history
    )
    Figure.objects.bulk_create(rows, batch_size=4000)
    return values


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that it takes, and what comes of it."""
    began = perf_counter()
    answer = work()
    return perf_counter() - began, answer


def measure() -> dict[str, Any]:
    """Fill the database and measure."""
    histories = fill()
    programme = Programme.objects.get()
    place = Organisation.objects.order_by("pk").values_list("pk", flat=True)[0]
    judged, _ = timed(lambda: [judge(values, better="lower") for values in histories])
    histories.clear()
    all_, out = timed(lambda: standing_out(programme))
    one, _ = timed(lambda: standing_out(programme, organisations=[place]))
    figures = Figure.objects.count()
    return {"figures": figures, "judged": judged, "all": all_, "one": one, "out": len(out)}


if __name__ == "__main__":
    django.setup()

    from benchmarks.domain.indicators import define_indicator
    from benchmarks.measures.standing import judge
    from benchmarks.models import Cycle, Figure, Participation, Programme
    from benchmarks.standing import standing_out
    from people.models import Organisation

    sys.stdout.write(json.dumps(measure()))
