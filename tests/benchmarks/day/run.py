"""The mixed day: a survey on an idle system, and again while everybody else is at work.

The set of `make production-like` on PostgreSQL and a Redis of its own. Respondents are there alone
for some seconds, and then once more beside facilitators in sessions, participants, management and
an evaluator whose report is being made all the time. Both belong to one run, so that they can be
compared on a noisy machine. At the end what is stored is held against what was acknowledged.
"""

import json
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import quantiles
from typing import Any

import psycopg

from tests.benchmarks import servers
from tests.benchmarks.processes import Production, environment, own_redis, run_python, say
from tests.faults.stage import free_port

PEOPLE = {
    "respondents": 100,
    "facilitators": 5,
    "participants": 10,
    "managers": 5,
    "evaluators": 1,
}
"""At once. A hundred respondents who take two seconds for a page ask as often as five hundred who
take ten."""
SCALE = 0.1
"""Of the records that the bench of `evaluate` has."""
WARM_UP = 4.0
LONGEST_RUN = 300.0
MOST = 2.0
"""How many times as long a survey page may take at the 95th percentile on a mixed day."""


def percentile(times: list[float], which: int) -> float:
    """Of times in milliseconds; nan of fewer than two."""
    return quantiles(times, n=100)[which - 1] if len(times) > 1 else float("nan")


def survey_times(found: dict[str, Any]) -> list[float]:
    """Of every request of a respondent."""
    return list(chain(*(each for name, each in of_kinds(found, "survey"))))


def of_kinds(found: dict[str, Any], kind: str) -> Iterator[tuple[str, list[float]]]:
    """Names and times of the requests of one kind of people."""
    return ((name, times) for name, times in found["times"].items() if name.startswith(f"{kind}:"))


class Day:
    """One day on one set of processes."""

    def __init__(self, env: dict[str, str], production: Production, told: dict[str, Any]) -> None:
        self.env, self.production, self.told = env, production, told
        self.tokens, self.acknowledged = told.pop("tokens"), []

    def live(self, seconds: float, people: dict[str, int]) -> dict[str, Any]:
        """Some people for some seconds; what they met, and what it cost."""
        many = int(people["respondents"] * (2 + seconds / 6))
        mine, self.tokens = self.tokens[:many], self.tokens[many:]
        task = self.told | {"people": people, "tokens": mine, "seconds": seconds}
        task["minutes"] = self.last("minutes")
        task["host"] = f"http://127.0.0.1:{self.production.port}"
        before = self.production.cpu()
        base = servers.cpu_of_database(self.env["BENCHLEARN_DATABASE_URL"])
        found = json.loads(
            run_python("-m", "tests.benchmarks.day.people", env=self.env, given=json.dumps(task))
        )
        spent = self.production.cpu()
        found["cpu"] = {name: spent[name] - before[name] for name in spent}
        found["cpu"]["postgres"] = (
            servers.cpu_of_database(self.env["BENCHLEARN_DATABASE_URL"]) - base
        )
        found["seconds"] = seconds
        self.acknowledged.append(found)
        return found

    def wait_for_report(self) -> None:
        """Until nothing computes any more: what the evaluator asked for is made, or was not."""
        query = "SELECT state FROM evaluation_run"
        until = time.monotonic() + LONGEST_RUN
        while {state for (state,) in self._rows(query)} != {"done"}:
            if time.monotonic() > until:
                raise SystemExit(f"No report was made: {self._rows(query)}")
            time.sleep(0.5)

    def stored(self) -> list[list[str]]:
        """Lines: what was acknowledged, and what the database has."""
        found = self.acknowledged
        actions = sorted(chain(*(each["actions"] for each in found)))
        minutes = {item: text for item, (text, _version) in self.last("minutes").items()}
        kept = [
            ("responses", sum(each["responses"] for each in found), self._responses()),
            ("actions", actions, self._actions()),
            ("minutes", minutes, self._column("learningcircles_minutetext", "item_id", "text")),
            (
                "attendances",
                self.last("presences"),
                self._column("learningcircles_attendance", "id", "presence"),
            ),
        ]
        return [_kept_row(*each) for each in kept]

    def last(self, name: str) -> dict[str, Any]:
        """By what it is about, what was acknowledged last."""
        return {key: value for each in self.acknowledged for key, value in each[name].items()}

    def _rows(self, query: str) -> list[Any]:
        with psycopg.connect(self.env["BENCHLEARN_DATABASE_URL"]) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]

    def _responses(self) -> int:
        """Submitted and whole, in the wave of today."""
        [(count,)] = self._rows(
            "SELECT count(*) FROM (SELECT r.id FROM surveys_response r JOIN surveys_wave w ON"
            " w.id = r.wave_id JOIN surveys_answer a ON a.response_id = r.id WHERE w.name = 'Today'"
            " AND r.state = 'submitted' GROUP BY r.id HAVING count(*) = 13) AS whole"
        )
        return int(count)

    def _actions(self) -> list[str]:
        rows = self._rows("SELECT title FROM learningcircles_action WHERE title LIKE 'Do %'")
        return sorted(title for (title,) in rows)

    def _column(self, table: str, key: str, column: str) -> dict[str, str]:
        rows = self._rows(f"SELECT {key}, {column} FROM {table} WHERE {column} <> ''")
        return {str(pk): value for pk, value in rows}


def _kept_row(name: str, acknowledged: Any, stored: Any) -> list[str]:
    many = [each if isinstance(each, int) else len(each) for each in (acknowledged, stored)]
    return [name, *map(str, many), "yes" if acknowledged == stored else "NO"]


def request_rows(idle: dict[str, Any], mixed: dict[str, Any]) -> list[list[str]]:
    """A line for each kind of request, those of respondents together first."""
    rows = [["request", "idle: count", "p50 ms", "p95 ms", "mixed: count", "p50 ms", "p95 ms"]]
    rows[0] += ["p95 ratio", "at most"]
    both = [survey_times(idle), survey_times(mixed)]
    rows.append(["survey, all", *_times(both), f"{_ratio(both):.2f}", f"{MOST:g}"])
    for name in sorted({*idle["times"], *mixed["times"]}, key=lambda each: (each[0] != "s", each)):
        both = [found["times"].get(name, []) for found in (idle, mixed)]
        rows.append([name, *_times(both), "-" if not both[0] else f"{_ratio(both):.2f}", ""])
    return rows


def _times(both: list[list[float]]) -> list[str]:
    cells = []
    for times in both:
        cells += [str(len(times))]
        cells += [
            f"{percentile(times, which):.1f}" if len(times) > 1 else "-" for which in (50, 95)
        ]
    return cells


def _ratio(both: list[list[float]]) -> float:
    alone, beside = (percentile(times, 95) for times in both)
    return beside / alone


def process_rows(
    idle: dict[str, Any], mixed: dict[str, Any], memory: dict[str, float]
) -> list[list[str]]:
    """A line for each process: what it spent of a processor, and its largest memory."""
    rows = [["process", "idle: of a processor", "mixed: of a processor", "MB at most"]]
    for name in mixed["cpu"]:
        shares = [f"{found['cpu'][name] / found['seconds']:.0%}" for found in (idle, mixed)]
        rows.append([name, *shares, f"{memory[name]:.0f}" if name in memory else "-"])
    return rows


def summary_rows(idle: dict[str, Any], mixed: dict[str, Any]) -> list[list[str]]:
    """Respondents, requests, errors, and CPU of a request of the survey on the idle system."""
    rows = [["phase", "s", "requests", "requests/s", "errors", "responses", "reports made"]]
    rows[0] += ["web ms/request", "postgres ms/request"]
    for name, found in (("idle", idle), ("mixed", mixed)):
        many, seconds = sum(map(len, found["times"].values())), found["seconds"]
        row = [name, f"{seconds:g}", str(many), f"{many / seconds:.1f}", str(len(found["errors"]))]
        row += [str(found["responses"]), str(found["runs"])]
        rows.append(row + [f"{1000 * found['cpu'][at] / many:.1f}" for at in ("web", "postgres")])
    return rows


def tables(seconds: float, folder: Path, *, scale: float = SCALE) -> list[list[list[str]]]:
    """The day, as tables; raises SystemExit when somebody met an error."""
    with servers.databases("postgres", folder) as (product, _floor), own_redis(folder) as redis:
        env = environment(folder, product, redis.url, port=free_port())
        people = {"people": PEOPLE, "scale": scale}
        people["links"] = int(PEOPLE["respondents"] * (8 + seconds / 2))
        run_python("platform/manage.py", "migrate", "--verbosity", "0", env=env)
        run_python("platform/manage.py", "collectstatic", "--noinput", "-v", "0", env=env)
        given = json.dumps(people)
        told = json.loads(run_python("-m", "tests.benchmarks.day.world", env=env, given=given))
        say("  the day: everything stands")
        production = Production(env, workers=1)
        with production.running():
            day = Day(env, production, told)
            day.live(WARM_UP, PEOPLE)
            say("  the day: warmed up")
            day.wait_for_report()
            idle = day.live(seconds, {"respondents": PEOPLE["respondents"]})
            say("  the day: respondents alone")
            mixed = day.live(seconds, PEOPLE)
            say("  the day: everybody")
            memory, kept = production.memory(), day.stored()
            died = [child.name for child in production.children if child.died()]
    wrong = [*idle["errors"], *mixed["errors"], *(f"{name} died" for name in died)]
    say("".join(f"  {error}\n" for error in wrong[:20]) + f"  the day: {len(wrong)} errors")
    return [
        summary_rows(idle, mixed),
        request_rows(idle, mixed),
        [["what", "acknowledged", "stored", "the same"], *kept],
        process_rows(idle, mixed, memory),
    ]
