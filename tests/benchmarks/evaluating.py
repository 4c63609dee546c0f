"""`evaluate`, measured: 400 organisations, 40,000 respondents of 40 statements, 100 indicators of
40 quarters, 100,000 actions, 10,000 resamples.

`python -m tests.benchmarks.evaluating [SCALE]` fills the database of the environment (SCALE 0.1 is
a tenth of everything but organisations and statements), computes the evaluation without files, and
prints JSON: seconds of the run, largest memory, seconds of judging by one worker and by two, and
the median time of the report page from the finished run.
"""

import datetime as dt
import json
import os
import random
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[2]
ORGANISATIONS, RESPONDENTS, INDICATORS, QUARTERS, ACTIONS = 400, 40_000, 100, 40, 100_000
PAGES = 20
BOUNDS = {"seconds": 120.0, "megabytes": 1500.0, "page_ms": 300.0, "two_workers": 1.6}
HEAD = ["database", "scale", "evaluate s", "MB", "1 worker s", "2 workers s", "times", "page ms"]


def row_of(database: str, found: dict[str, float]) -> list[str]:
    """A line of the table."""
    names = ("seconds", "megabytes", "one", "two")
    numbers = [f"{found[name]:.1f}" for name in names]
    times = f"{found['one'] / found['two']:.2f}" if found["two"] else "-"
    return [database, f"{found['scale']:g}", *numbers, times, f"{found['page_ms']:.0f}"]


def fill(scale: float) -> Any:
    """The programme with all its records."""
    from benchmarks.models import Cycle, Participation, Programme
    from people.models import Organisation

    programme = Programme.objects.create(code="large", name="Large")
    days = {"starts_on": dt.date(2024, 1, 1), "ends_on": dt.date(2024, 12, 31)}
    cycle = Cycle.objects.create(programme=programme, name="2024", **days)
    places = Organisation.objects.bulk_create(
        Organisation(code=f"place-{n}", name=f"Place {n}") for n in range(ORGANISATIONS)
    )
    Participation.objects.bulk_create(
        Participation(cycle=cycle, organisation=each, reference=each.code) for each in places
    )
    keys = [each.pk for each in places]
    dice = random.Random(1)
    indicators = [_indicator(programme, n, keys, dice) for n in range(int(INDICATORS * scale))]
    _actions(programme, cycle, keys, indicators, int(ACTIONS * scale), dice)
    _answers(cycle, keys, int(RESPONDENTS * scale), dice)
    return programme


def _indicator(programme: Any, number: int, places: list[int], dice: random.Random) -> int:
    from benchmarks.domain.indicators import define_indicator
    from benchmarks.models import Figure

    definition = define_indicator(
        programme, code=f"i{number}", meaning="Invented", unit="", better="lower", period="quarter"
    )
    Figure.objects.bulk_create(
        (
            Figure(
                indicator_id=definition.indicator_id,
                definition=definition,
                organisation_id=place,
                period=f"{2015 + quarter // 4}-Q{quarter % 4 + 1}",
                value=round(level + dice.gauss(0, 4), 2),
            )
            for place in places
            for level in [dice.gauss(50, 9)]
            for quarter in range(QUARTERS)
        ),
        batch_size=4000,
    )
    return int(definition.indicator_id)


def _actions(
    programme: Any,
    cycle: Any,
    places: list[int],
    indicators: list[int],
    count: int,
    dice: random.Random,
) -> None:
    """Half of them are done, on one of four days; an organisation acts on some indicators only."""
    from learningcircles.models import Action

    days = [dt.date(2018, 2, 1), dt.date(2019, 2, 1), dt.date(2020, 2, 1), dt.date(2021, 2, 1)]
    Action.objects.bulk_create(
        (
            Action(
                programme=programme,
                cycle=cycle,
                organisation_id=places[number % (len(places) // 2)],
                indicator_id=dice.choice(indicators),
                title="Something",
                status="done" if number % 2 else "agreed",
                agreed_on=dt.date(2017, 6, 1),
                done_on=dice.choice(days) if number % 2 else None,
            )
            for number in range(count)
        ),
        batch_size=4000,
    )


def _answers(cycle: Any, places: list[int], count: int, dice: random.Random) -> None:
    """A closed wave of forty statements."""
    from surveys.bulk import insert_responses, insert_values
    from surveys.domain.waves import prepare_wave
    from surveys.models import Item, Wave
    from surveys.models.responses import new_row_id
    from tests.surveys.stories import version_of

    version = version_of(10, 10, 10, 10)
    last = dt.date(2099, 1, 1)
    wave = prepare_wave(cycle, name="Large", last_day=last, by=None, version=version)
    items = list(
        Item.objects.filter(block__version=version, kind="statement").values_list("pk", flat=True)
    )
    keys, day = sorted({new_row_id() for _ in range(count)}), dt.date(2024, 6, 1)
    insert_responses(
        (key, wave.pk, dice.choice(places), "", "import", "submitted", day, 2) for key in keys
    )

    def values() -> Iterator[tuple[int, int, int]]:
        for key in keys:
            mood = dice.random()
            for item in items:
                yield key, item, 1 + int(5 * (mood + dice.random()) / 2)

    insert_values(values())
    closed = {"state": "closed", "link_key": "", "opened_on": day, "closed_on": day}
    Wave.objects.filter(pk=wave.pk).update(**closed)


def judging(programme: Any, helpers: int) -> float:
    """Seconds to judge all indicators, with so many other workers beside this one."""
    from core.leases import claim
    from evaluation.domain.runs import request_run
    from evaluation.findings import compute, parts
    from evaluation.findings.improvement import payloads_of
    from evaluation.findings.inputs import read_inputs
    from evaluation.models import Run

    parts.look = lambda task: None  # the helpers look by themselves
    run = request_run(programme)
    run = claim(Run.objects.filter(pk=run.pk), "here")
    inputs = read_inputs(programme, today=dt.date(2026, 1, 1))
    talk = compute._talk(inputs, {})
    payloads = payloads_of(
        inputs.panels, inputs.actions, None, talk, seed=2007, resamples=compute.RESAMPLES
    )
    code = (
        "import django, time; django.setup()\n"
        "from evaluation.findings.parts import judge_waiting\n"
        "from evaluation.models import Run\n"
        "print('ready', flush=True)\n"
        f"while Run.objects.filter(pk={run.pk}, state='running').exists():\n"
        "    judge_waiting('helper') or time.sleep(0.2)\n"
    )
    others = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=os.environ)
        for _each in range(helpers)
    ]
    for each in others:
        each.stdout.readline()
    began = perf_counter()
    parts.over_workers(run)(payloads, lambda percent: None)
    seconds = perf_counter() - began
    Run.objects.filter(pk=run.pk).delete()
    for each in others:
        each.wait(60)
    return seconds


def page_of(programme: Any) -> float:
    """The median time of the report page, in milliseconds, at the server."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from benchmarks.models import Appointment

    user = get_user_model().objects.create(email="evaluator@example.invalid")
    Appointment.objects.create(programme=programme, user=user, role="evaluator")
    client, times = Client(), []
    client.force_login(user)
    for _each in range(PAGES):
        began = perf_counter()
        answer = client.get(f"/programmes/{programme.code}/report/", secure=True)
        times.append(1000 * (perf_counter() - began))
        assert answer.status_code == 200, answer.status_code
    return statistics.median(times)


def measure(scale: float) -> dict[str, float]:
    """Fill the database and measure."""
    from evaluation.domain.runs import make_report
    from evaluation.models import Run

    programme = fill(scale)
    began = perf_counter()
    run, _new = make_report(programme, with_files=False)
    seconds = perf_counter() - began
    assert run.state == "done", run.last_error
    Run.objects.filter(pk=run.pk).update(has_files=True)
    return {
        "scale": scale,
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "page_ms": page_of(programme),
        "one": judging(programme, 0),
        "two": judging(programme, 1),
    }


if __name__ == "__main__":
    django.setup()
    json.dump(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0), sys.stdout)
