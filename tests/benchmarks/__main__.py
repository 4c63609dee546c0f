"""`make bench`: floor and product take turns; one table with medians."""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psycopg

from tests.benchmarks import (
    circles,
    evaluating,
    imports,
    improvement,
    interviews,
    mails,
    servers,
    standing,
    waves,
)
from tests.benchmarks.day import run as day
from tests.benchmarks.processes import aligned, run_python, say

AT_ONCE = (1, 10, 50)
TOKENS = 12_000
LONG_TOKENS = 6_000
FASTEST = 500
"""Respondents a second that no server here reaches."""
SIZES = (10_000, 100_000, 1_000_000)


@dataclass
class Measured:
    """What was measured of one server at one number of respondents at once, a value a round."""

    rates: list[float] = field(default_factory=list)
    app_ms: list[float] = field(default_factory=list)
    database_ms: list[float] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)


class Tokens:
    """Links in turn; who didn't get to answer by one leaves it for the next round."""

    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens

    def ahead(self, count: int) -> list[str]:
        """The next ones, which are used from the first on."""
        return self.left[:count]

    def use(self, count: int) -> None:
        """So many of them were used."""
        self.left = self.left[count:]


def measure(
    kind: str, at_once: int, seconds: float, tokens: Tokens, server: Any, into: Measured
) -> int:
    """One round of load on one server; returns the number of respondents."""
    port, master, address, env = server
    mine = tokens.ahead(int(at_once + FASTEST * seconds))
    task = {"kind": kind, "port": port, "seconds": seconds, "at_once": at_once, "tokens": mine}
    app, database = servers.cpu_of(master), servers.cpu_of_database(address)
    found = json.loads(run_python("-m", "tests.benchmarks.client", env=env, given=json.dumps(task)))
    count = found["respondents"]
    tokens.use(count)
    into.rates.append(count / found["seconds"])
    into.app_ms.append(1000 * (servers.cpu_of(master) - app) / count)
    into.database_ms.append(1000 * (servers.cpu_of_database(address) - database) / count)
    for name, times in found["times"].items():
        into.times.setdefault(name, []).extend(times)
    return count


def bench(database: str, folder: Path, options: Any) -> dict[tuple[str, int], Measured]:
    """Product and floor on one kind of database."""
    with servers.databases(database, folder) as (product, floor):
        env = servers.environment(folder, product, floor)
        tokens = prepare(env)
        log = folder / "gunicorn.log"
        with (
            servers.gunicorn("config.wsgi", env, log) as (product_port, product_pid),
            servers.gunicorn("tests.benchmarks.floor.wsgi", env, log) as (floor_port, floor_pid),
        ):
            targets = {
                "floor": (floor_port, floor_pid, floor, env),
                "product": (product_port, product_pid, product, env),
                "long": (product_port, product_pid, product, env),
            }
            found, counts = take_turns(targets, tokens, options)
        check_stored(product, env, counts["product"])
    return found


def large_waves(database: str, folder: Path, options: Any) -> list[list[str]]:
    """A line for each size of wave, in a database of their own."""
    rows = []
    with servers.databases(database, folder) as (product, floor):
        env = servers.environment(folder, product, floor)
        run_python("platform/manage.py", "migrate", "--verbosity", "0", env=env)
        run_python("platform/manage.py", "collectstatic", "--noinput", "-v", "0", env=env)
        for size in (size for size in SIZES if size <= options.largest):
            found = run_python("-m", "tests.benchmarks.waves", str(size), env=env)
            rows.append(waves.row_of(database, size, json.loads(found)))
            say(f"  a wave of {size:,}: done")
    return rows


def what_stands_out(database: str, folder: Path) -> list[str]:
    """A line about figures: what stands out among 1,600,000 of them."""
    with servers.databases(database, folder) as (product, floor):
        env = servers.environment(folder, product, floor)
        run_python("platform/manage.py", "migrate", "--verbosity", "0", env=env)
        found = run_python("-m", "tests.benchmarks.standing", env=env)
        say("  what stands out: done")
        return standing.row_of(database, json.loads(found))


def evaluation(database: str, scale: float) -> list[dict[str, float]]:
    """What `evaluate` takes, of a tenth of the data first, each in a database of its own."""
    measured = []
    for size in (scale / 10, scale):
        with (
            tempfile.TemporaryDirectory(prefix="benchlearn-evaluate-") as name,
            servers.databases(database, folder := Path(name)) as (product, floor),
        ):
            env = servers.environment(folder, product, floor)
            run_python("platform/manage.py", "migrate", "--verbosity", "0", env=env)
            run_python("platform/manage.py", "collectstatic", "--noinput", "-v", "0", env=env)
            found = json.loads(run_python("-m", "tests.benchmarks.evaluating", str(size), env=env))
        measured.append(found)
        say(f"  evaluate, {size:g} of the data: done")
    return measured


def two_workers(measured: list[dict[str, float]], options: Any) -> list[list[str]]:
    """Lines about one worker and two: of what was measured of `evaluate`, and of the outbox."""
    lines = [mails.HEAD, *map(mails.row_of_evaluation, measured)]
    if options.mails:
        with tempfile.TemporaryDirectory(prefix="benchlearn-mails-") as folder:
            lines += mails.rows(Path(folder), options.mails)
    return lines


def large_circles(database: str, folder: Path) -> list[list[str]]:
    """The pages of circles and follow-up in a large programme, in a database of their own."""
    with servers.databases(database, folder) as (product, floor):
        env = servers.environment(folder, product, floor)
        run_python("platform/manage.py", "migrate", "--verbosity", "0", env=env)
        run_python("platform/manage.py", "collectstatic", "--noinput", "-v", "0", env=env)
        found = json.loads(run_python("-m", "tests.benchmarks.circles", env=env))
    say("  circles and follow-up: done")
    return circles.rows_of(database, found)


def many_interviews(database: str, folder: Path) -> list[list[str]]:
    """Free times and bookings of a round of interviews, in a database of their own."""
    with servers.databases(database, folder) as (product, floor):
        env = servers.environment(folder, product, floor)
        run_python("platform/manage.py", "migrate", "--verbosity", "0", env=env)
        found = json.loads(run_python("-m", "tests.benchmarks.interviews", env=env))
    say("  interviews: done")
    return interviews.rows_of(database, found)


def prepare(env: dict[str, str]) -> list[str]:
    """Migrated databases, collected static files, and the personal links."""
    say("  preparing")
    manage = ("platform/manage.py",)
    run_python(*manage, "migrate", "--verbosity", "0", env=env)
    run_python(*manage, "collectstatic", "--noinput", "--verbosity", "0", env=env)
    floor = env | {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.floor.settings"}
    run_python("-m", "django", "migrate", "--run-syncdb", "--verbosity", "0", env=floor)
    counts = (str(TOKENS), str(LONG_TOKENS))
    return run_python("-m", "tests.benchmarks.prepare", *counts, env=env).split()


def take_turns(
    targets: dict[str, Any], tokens: list[str], options: Any
) -> tuple[dict[tuple[str, int], Measured], dict[str, int]]:
    """All rounds: floor and product one after the other, so that noise hits both."""
    found: dict[tuple[str, int], Measured] = {}
    counts = dict.fromkeys(targets, 0)
    of_kind = {
        "floor": Tokens(tokens * 5),  # it takes any token, and the same one again
        "product": Tokens(tokens[:TOKENS]),
        "long": Tokens(tokens[TOKENS:]),
    }
    for kind, target in targets.items():
        measure(kind, 4, 1, of_kind[kind], target, Measured())  # warm up
    counts["product"] = -1
    for at_once in AT_ONCE:
        for _round in range(options.rounds):
            for kind, target in targets.items():
                into = found.setdefault((kind, at_once), Measured())
                measure(kind, at_once, options.seconds, of_kind[kind], target, into)
        say(f"  {at_once} at once: done")
    return found, counts


def check_stored(address: str, env: dict[str, str], count: int) -> None:
    """What was measured was real: no response without its thirteen answers, and no draft left."""
    code = (
        "import django; django.setup()\n"
        "from django.db.models import Count\n"
        "from surveys.models import Response\n"
        "rows = Response.objects.annotate(n=Count('answers'))\n"
        "assert rows.filter(state='submitted').exists()\n"
        "assert not rows.exclude(state='submitted', n__in=[13, 40]).exists()\n"
    )
    run_python("-c", code, env=env)


def percentiles(times: list[float]) -> str:
    """p50, p95 and p99 in milliseconds."""
    if len(times) < 2:
        return "-"
    cut = quantiles(times, n=100)
    return f"{cut[49]:.0f}/{cut[94]:.0f}/{cut[98]:.0f}"


def table(results: dict[str, dict[tuple[str, int], Measured]]) -> str:
    """Everything in one table; times are p50/p95/p99 in milliseconds."""
    names = ["open", "page 1", "post 1", "page 2", "post 2", "summary", "submit", "thanks"]
    names[5:5] = ["page 3", "post 3", "page 4", "post 4"]
    head = ["database", "server", "at once", "resp/s", "of floor", "app ms", "db ms", "ms"]
    rows = [[*head, *names]]
    for database, found in results.items():
        for at_once in AT_ONCE:
            for kind in ("floor", "product", "long"):
                rows.append(_row(database, kind, at_once, found, names))
    return aligned(rows)


def _row(database: str, kind: str, at_once: int, found: Any, names: list[str]) -> list[str]:
    measured, floor = found[kind, at_once], found["floor", at_once]
    app, base = median(measured.app_ms), median(measured.database_ms)
    ratio = median(measured.rates) / median(floor.rates)
    return [
        database,
        kind,
        str(at_once),
        f"{median(measured.rates):.1f}",
        f"{ratio:.0%}",
        f"{app:.1f}",
        f"{base:.1f}",
        f"{app + base:.1f}",
        *(percentiles(measured.times.get(name, [])) for name in names),
    ]


def the_day(seconds: float) -> None:
    """The mixed day, as tables of its own; an error on it is one of the bench."""
    with tempfile.TemporaryDirectory(prefix="benchlearn-day-") as folder:
        lines, wrong = day.tables(seconds, Path(folder))
    for some in lines:
        sys.stdout.write(f"\n{aligned(some)}\n")
    if wrong:
        raise SystemExit("\n".join([f"The mixed day: {len(wrong)} errors", *wrong[:20]]))


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--seconds", type=float, default=4, help="of load in each round")
    parser.add_argument("--rounds", type=int, default=3, help="of floor and product in turn")
    parser.add_argument(
        "--largest", type=int, default=SIZES[-1], help="wave of results and exports; 0 for none"
    )
    parser.add_argument(
        "--runs", type=int, default=improvement.RUNS, help="simulated programmes; 0 for none"
    )
    parser.add_argument("--evaluate", type=float, default=1.0, help="size; 0 for none")
    parser.add_argument("--no-figures", action="store_true", help="without what stands out")
    parser.add_argument("--day", action="store_true", help="only the mixed day, on PostgreSQL")
    parser.add_argument("--day-seconds", type=float, default=40, help="twice; 0 for none")
    parser.add_argument("--workers", action="store_true", help="only two workers against one")
    parser.add_argument("--mails", type=int, default=mails.MAILS, help="of them; 0 for none")
    parser.add_argument("--database", choices=["sqlite", "postgres"], help="only this one")
    options = parser.parse_args()
    kinds = [options.database] if options.database else ["sqlite", "postgres"]
    if "postgres" in kinds and not servers.postgres_is_there():
        raise SystemExit(f"No PostgreSQL at {servers.POSTGRES} (BENCHLEARN_TEST_POSTGRES_URL).")
    if options.day:
        the_day(options.day_seconds)
        return
    if options.workers:
        measured = evaluation("postgres", options.evaluate)[-1:] if options.evaluate else []
        sys.stdout.write(f"{aligned(two_workers(measured, options))}\n")
        return
    taken_over, evaluated = [imports.HEAD], [evaluating.HEAD]
    results, rows, figures, pages = {}, [waves.HEAD], [standing.HEAD], [circles.HEAD]
    measured, pairs = [], []
    for kind in kinds:
        say(kind)
        with tempfile.TemporaryDirectory(prefix="benchlearn-bench-") as folder:
            results[kind] = bench(kind, Path(folder), options)
            with tempfile.TemporaryDirectory(prefix="benchlearn-large-") as large:
                rows += large_waves(kind, Path(large), options)
        if options.largest:
            with tempfile.TemporaryDirectory(prefix="benchlearn-imports-") as imported:
                taken_over.append(imports.line(kind, Path(imported)))
                say("  taking answers over: done")
        if not options.no_figures:
            with tempfile.TemporaryDirectory(prefix="benchlearn-figures-") as folder_of_figures:
                figures.append(what_stands_out(kind, Path(folder_of_figures)))
        if options.evaluate:
            measured = evaluation(kind, options.evaluate)
            evaluated += evaluating.rows_of(kind, *measured)
        if kind == "postgres":
            pairs = two_workers(measured[-1:], options)
            with tempfile.TemporaryDirectory(prefix="benchlearn-circles-") as large:
                pages += large_circles(kind, Path(large))
            with tempfile.TemporaryDirectory(prefix="benchlearn-interviews-") as booked:
                pages += many_interviews(kind, Path(booked))
    sys.stdout.write(
        f"{os.cpu_count()} cores, gunicorn with {servers.WORKERS} workers, psycopg "
        f"{psycopg.__version__}; medians of {options.rounds} rounds of {options.seconds:g} s; "
        "requests p50/p95/p99 in ms\n\n"
    )
    sys.stdout.write(table(results) + "\n")
    simulated = improvement.rows(options.runs) if options.runs else []
    for lines in (rows, taken_over, figures, evaluated, pairs, simulated, pages):
        if len(lines) > 1:
            sys.stdout.write(f"\n{aligned(lines)}\n")
    if "postgres" in kinds and options.day_seconds:
        the_day(options.day_seconds)


if __name__ == "__main__":
    main()
