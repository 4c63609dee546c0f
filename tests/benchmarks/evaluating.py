"""`evaluate`, measured: 400 organisations, 40,000 respondents of 40 statements, 100 indicators of
40 quarters, 100,000 actions, 10,000 resamples.

`python -m tests.benchmarks.evaluating [SCALE]` fills the database of the environment (SCALE 0.1 is
a tenth of everything but organisations and statements), computes the evaluation by one worker and
again by two, without files (as `--format json` does) and with the files of all readers in both
languages, and prints JSON: seconds, seconds of processor, largest memory, and the median time of
the report page from the finished run. The results are compared.
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
from time import perf_counter, process_time
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[2]
ORGANISATIONS, RESPONDENTS, INDICATORS, QUARTERS, ACTIONS = 400, 40_000, 100, 40, 100_000
MOTIVES = ("learning", "comparing", "automatism", "other")
EXPERIENCES = ["contact", "visit", "policy", "method", "idea", "talk", "plan"]
CODED: tuple[tuple[str, bool, list[str]], ...] = (
    ("learning_experience", True, EXPERIENCES),
    ("informed_category", True, EXPERIENCES),
    ("learning_capacity", False, ["moderate", "sufficient", "learning"]),
    ("information_quality", False, ["insufficient", "sufficient"]),
)
PAGES = 20
BOUNDS = {
    "seconds": 120.0,
    "megabytes": 1500.0,
    "page_ms": 300.0,
    "two_workers": 1.6,
    "tenfold": 12.0,
}
HEAD = [
    "database",
    "scale",
    "files",
    "1 worker s",
    "cpu s",
    "2 workers s",
    "cpu s each",
    "times",
    "by cpu",
    "MB",
    "page ms",
    "page cpu ms",
    "10x data",
    "by cpu",
]


def row_of(
    database: str, found: dict[str, float], tenth: dict[str, float] | None = None, files: str = ""
) -> list[str]:
    """A line of the table; `tenth` is what a tenth of the data took, `files` which of the two it
    is: "" without files, "files_" with them."""
    one, two, own, helped = (
        found[files + name] for name in ("one", "two", "two_cpu", "helper_cpu")
    )
    cpu = found[f"{files}one_cpu"]
    ratios = (one / tenth[f"{files}one"], cpu / tenth[f"{files}one_cpu"]) if tenth else ()
    return [
        database,
        f"{found['scale']:g}",
        "all" if files else "none",
        f"{one:.1f}",
        f"{cpu:.1f}",
        f"{two:.1f}",
        f"{own:.1f} and {helped:.1f}",
        f"{one / two:.2f}",
        f"{cpu / max(own, helped):.2f}",
        f"{found[f'{files}megabytes']:.0f}",
        "-" if files else f"{found['page_ms']:.0f}",
        "-" if files else f"{found['page_cpu_ms']:.0f}",
        *([f"{each:.1f}" for each in ratios] or ["-", "-"]),
    ]


def rows_of(database: str, tenth: dict[str, float], whole: dict[str, float]) -> list[list[str]]:
    """The lines of the table: without and with files, of a tenth and of all."""
    return [
        row_of(database, found, smaller, files)
        for files in ("", "files_")
        for found, smaller in ((tenth, None), (whole, tenth))
    ]


def fill(scale: float) -> Any:
    """The programme with all its records."""
    from django.db import connection

    from benchmarks.models import Cycle, Participation, Programme
    from people.models import Organisation

    programme = Programme.objects.create(code="large", name="Large")
    days = {"starts_on": dt.date(2024, 1, 1), "ends_on": dt.date(2024, 12, 31)}
    cycle = Cycle.objects.create(programme=programme, name="2024", **days)
    places = Organisation.objects.bulk_create(
        Organisation(code=f"place-{n}", name=f"Place {n}") for n in range(ORGANISATIONS)
    )
    dice = random.Random(1)
    Participation.objects.bulk_create(
        Participation(
            cycle=cycle,
            organisation=each,
            reference=each.code,
            motive=dice.choice(MOTIVES),
            decided_by=dice.choice(["manager", "contact"]),
            others_consulted=dice.choice(["yes", "no"]),
            contact_consulted=dice.choice(["yes", "no"]),
        )
        for each in places
    )
    keys = [each.pk for each in places]
    _codings(programme, cycle, keys, dice)
    indicators = [_indicator(programme, n, keys, dice) for n in range(int(INDICATORS * scale))]
    _actions(programme, cycle, keys, indicators, int(ACTIONS * scale), dice)
    _answers(cycle, keys, int(RESPONDENTS * scale), dice)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what PostgreSQL does by itself soon after so many rows
    return programme


def _codings(programme: Any, cycle: Any, places: list[int], dice: random.Random) -> None:
    """What was coded of each organisation, so that there are relations to look at."""
    from surveys.models import Codebook, CodedVariable, Coding

    book = Codebook.objects.create(programme=programme)
    for code, several, values in CODED:
        level = "nominal" if several else "ordinal"
        variable = CodedVariable.objects.create(
            codebook=book, code=code, meaning=code, level=level, several=several, values=values
        )
        Coding.objects.bulk_create(
            Coding(variable=variable, organisation_id=place, cycle=cycle, coder="a", value=value)
            for place in places
            for value in dice.sample(values, dice.randint(1, len(values)) if several else 1)
        )


def _indicator(programme: Any, number: int, places: list[int], dice: random.Random) -> int:
    from django.utils import timezone

    from benchmarks.domain.indicators import define_indicator
    from benchmarks.models import Figure
    from surveys.bulk import _insert

    definition = define_indicator(
        programme, code=f"i{number}", meaning="Invented", unit="", better="lower", period="quarter"
    )
    names = ("indicator", "definition", "organisation", "period", "value", "created_at")
    now = timezone.now()
    rows = (
        (
            definition.indicator_id,
            definition.pk,
            place,
            f"{2015 + quarter // 4}-Q{quarter % 4 + 1}",
            round(level + dice.gauss(0, 4), 2),
            now,
            now,
        )
        for place in places
        for level in [dice.gauss(50, 9)]
        for quarter in range(QUARTERS)
    )
    _insert(Figure, (*names, "modified_at"), rows)
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
                organisation_id=places[dice.randrange(len(places))],
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


HELPER = """
import django, select, sys, time; django.setup()
from evaluation.findings.parts import judge_waiting
print("ready", flush=True)
began = time.process_time()
while not select.select([sys.stdin], [], [], 0)[0]:
    judge_waiting("helper") or time.sleep(0.2)
print(time.process_time() - began, flush=True)
"""
"""Another worker, until it is told to stop; what it spent."""


def evaluated(programme: Any, helpers: int = 0, *, with_files: bool = False) -> dict[str, Any]:
    """The result of a run with so many other workers beside this one, its seconds, and those of
    the processor here and there."""
    from evaluation.domain.runs import make_report
    from evaluation.findings import parts

    parts.look = lambda task: None  # the helpers look by themselves
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    others = [
        subprocess.Popen([sys.executable, "-c", HELPER], env=os.environ, **pipes)
        for _each in range(helpers)
    ]
    for each in others:
        each.stdout.readline()
    began, cpu = perf_counter(), process_time()
    run, _new = make_report(programme, with_files=with_files, again=True)
    seconds, spent = perf_counter() - began, process_time() - cpu
    assert run.state == "done", run.last_error
    helped = [float(each.communicate("stop")[0]) for each in others]
    return {"run": run, "seconds": seconds, "cpu": spent, "helped": sum(helped)}


def page_of(programme: Any) -> tuple[float, float]:
    """The median time of the report page at the server, in milliseconds, and that of the
    processor."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from benchmarks.models import Appointment

    user = get_user_model().objects.create(email="evaluator@example.invalid")
    Appointment.objects.create(programme=programme, user=user, role="evaluator")
    client, times, spent = Client(SERVER_NAME="127.0.0.1"), [], []
    client.force_login(user)
    for _each in range(PAGES):
        began, cpu = perf_counter(), process_time()
        answer = client.get(f"/programmes/{programme.code}/report/", secure=True)
        times.append(1000 * (perf_counter() - began))
        spent.append(1000 * (process_time() - cpu))
        assert answer.status_code == 200, answer.status_code
    return statistics.median(times), statistics.median(spent)


def measure(scale: float) -> dict[str, float]:
    """Fill the database and measure. What computes is loaded first: a worker has it already."""
    from evaluation.findings import carry_out
    from evaluation.models import Run

    assert carry_out
    programme = fill(scale)
    found: dict[str, float] = {"scale": scale}
    result: dict[str, Any] = {}
    for files in ("", "files_"):
        Run.objects.all().delete()
        alone = evaluated(programme, with_files=bool(files))
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        result = result or alone["run"].result
        Run.objects.all().delete()
        both = evaluated(programme, helpers=1, with_files=bool(files))
        for each in (alone, both):
            assert json.dumps(each["run"].result) == json.dumps(result), "something else was found"
        told = {
            "one": alone["seconds"],
            "one_cpu": alone["cpu"],
            "two": both["seconds"],
            "two_cpu": both["cpu"],
            "helper_cpu": both["helped"],
            "megabytes": megabytes,
        }
        found |= {f"{files}{name}": value for name, value in told.items()}
    found["page_ms"], found["page_cpu_ms"] = page_of(programme)
    return found


if __name__ == "__main__":
    django.setup()
    json.dump(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0), sys.stdout)
