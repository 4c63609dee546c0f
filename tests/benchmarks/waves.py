"""Large waves: the results counted, their page, and files of answers, at 10,000 to 1,000,000.

`python -m tests.benchmarks.waves COUNT` fills the database of the environment with a closed wave of
so many responses to the thirteen statements of the perception survey, measures, and prints JSON.
"""

import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

ORGANISATIONS = 20
FORMATS = ("csv", "sav")


def timed(work: Callable[[], Any]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fill(count: int) -> Any:
    """A closed wave with `count` responses, from twenty organisations."""
    from django.db import connection

    from benchmarks.models import Cycle, Participation, Programme
    from people.models import Organisation
    from surveys.bulk import insert_responses, insert_values
    from surveys.domain.waves import prepare_wave
    from surveys.models import Item, Wave
    from surveys.models.responses import new_row_id

    programme = Programme.objects.create(code=f"large-{count}", name="Meting")
    year = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    cycle = Cycle.objects.create(programme=programme, name="2026", **year)
    places = []
    for number in range(ORGANISATIONS):
        code = f"large-{count}-{number}"
        place = Organisation.objects.create(code=code, name=f"Gemeente {number}")
        Participation.objects.create(cycle=cycle, organisation=place, reference=code)
        places.append(place.pk)
    wave = prepare_wave(cycle, name="Large", last_day=dt.date(2099, 1, 1), by=None)
    statements = Item.objects.filter(block__version=wave.version_id, kind="statement")
    items, dice = list(statements.values_list("pk", flat=True)), random.Random(1)
    keys = sorted({new_row_id() for _ in range(count)})
    day = dt.date(2026, 6, 1)
    insert_responses(
        (key, wave.pk, dice.choice(places), "", "import", "submitted", day, 2) for key in keys
    )

    def values() -> Iterator[tuple[int, int, int]]:
        for key in keys:
            mood = dice.random()
            for item in items:
                yield key, item, 1 + int(5 * (mood + dice.random()) / 2)

    insert_values(values())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what PostgreSQL does by itself soon after so many rows
    closed = {"state": "closed", "link_key": "", "opened_on": day, "closed_on": day}
    Wave.objects.filter(pk=wave.pk).update(**closed)
    return Wave.objects.select_related("cycle__programme", "version").get(pk=wave.pk)


PLAIN = """
    SELECT answer.item_id, response.organisation_id, answer.value, COUNT(*)
    FROM surveys_answer answer JOIN surveys_response response ON response.id = answer.response_id
    WHERE response.wave_id = %s AND response.state = 'submitted'
    GROUP BY answer.item_id, response.organisation_id, answer.value
"""


SIZE = """
    SELECT pg_total_relation_size('surveys_response') + pg_total_relation_size('surveys_answer')
"""


def plain_sql(wave: Any) -> None:
    """What the database needs at least: counts by statement, organisation and answer."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [wave.pk])
        cursor.fetchall()


def page(wave: Any) -> None:
    """The results page as its coordinator gets it."""
    from django.test import Client

    from benchmarks.models import Appointment
    from people.models import User

    user, _new = User.objects.get_or_create(email="bench@example.org", defaults={"name": "Bench"})
    Appointment.objects.get_or_create(programme=wave.cycle.programme, user=user, role="coordinator")
    client = Client(headers={"x-forwarded-proto": "https", "host": "127.0.0.1"})
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(f"/programmes/{wave.cycle.programme.code}/waves/{wave.pk}/results/")
    if answer.status_code != 200:
        raise SystemExit(f"results page: {answer.status_code}")


def count_by_worker(wave: Any) -> None:
    """What a worker does for the results of a large wave."""
    from surveys.domain.tabulations import ask_for_tables, carry_out_waiting

    ask_for_tables(wave)
    carry_out_waiting("bench")


def export(wave: Any, format: str) -> tuple[float, float]:
    """Seconds and megabytes of a process that writes the file."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["platform/manage.py", "export-responses", str(wave.pk), "--format", format]
        words += ["--out", str(Path(folder) / f"answers.{format}")]
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"export-responses: {status}")
        return time.perf_counter() - began, usage.ru_maxrss / 1024


def stored_bytes() -> int:
    """Of all responses and their answers, indexes included; 0 where the database doesn't tell."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(SIZE)
        return int(cursor.fetchone()[0])


def measure(count: int) -> dict[str, float]:
    """All of one size."""
    before = stored_bytes()
    wave = fill(count)
    bytes_each = (stored_bytes() - before) / count
    plain_sql(wave)  # once for the cache of the database
    found = {
        "plain": timed(lambda: plain_sql(wave)),
        "counted": timed(lambda: count_by_worker(wave)),
        "bytes": bytes_each,
    }
    page(wave)
    found["page"] = timed(lambda: page(wave))
    for format in FORMATS:
        found[format], found[f"{format} MB"] = export(wave, format)
    return found


HEAD = ["database", "responses", "plain SQL s", "counted s", "page s", "page/plain"]
HEAD += [f"{format} {unit}" for format in FORMATS for unit in ("s", "MB")]
HEAD.append("bytes each")


def row_of(database: str, count: int, found: dict[str, float]) -> list[str]:
    """One line of the table. The first page of a small wave counts; of a large one a worker did."""
    numbers = [found["plain"], found["counted"], found["page"], found["page"] / found["plain"]]
    cells = [database, f"{count:,}", *(f"{number:.2f}" for number in numbers)]
    for format in FORMATS:
        cells += [f"{found[format]:.1f}", f"{found[f'{format} MB']:.0f}"]
    return [*cells, f"{found['bytes']:.0f}" if found["bytes"] else "-"]


if __name__ == "__main__":
    django.setup()
    json.dump(measure(int(sys.argv[1])), sys.stdout)
