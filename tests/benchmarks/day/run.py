"""The mixed day: a survey on an idle system, and again while everybody else is at work.

The set of `make production-like` on PostgreSQL and a Redis of its own. Respondents are there alone
for some seconds, and then once more beside facilitators in sessions, participants, management and
an evaluator whose report is being made all the time. Both belong to one run, so that they can be
compared on a noisy machine. At the end what is stored is held against what was acknowledged.
"""

import json
import time
from itertools import chain
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks import servers
from tests.benchmarks.day import told
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


class Day:
    """One day on one set of processes."""

    def __init__(self, env: dict[str, str], production: Production, known: dict[str, Any]) -> None:
        self.env, self.production, self.known = env, production, known
        self.tokens: list[str] = known.pop("tokens")
        self.acknowledged: list[dict[str, Any]] = []

    def live(self, seconds: float, people: dict[str, int]) -> dict[str, Any]:
        """Some people for some seconds; what they met, and what it cost."""
        many = int(people["respondents"] * (2 + seconds / 6))
        mine, self.tokens = self.tokens[:many], self.tokens[many:]
        task = self.known | {"people": people, "tokens": mine, "seconds": seconds}
        task["minutes"] = self.last("minutes")
        task["host"] = f"http://127.0.0.1:{self.production.port}"
        task["survey_host"] = f"http://127.0.0.1:{self.production.survey_port}"
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
        found["cpu"]["the load itself"] = found["own_cpu"]
        self.acknowledged.append(found)
        return found

    def wait_for_report(self) -> None:
        """Until nothing computes any more: what the evaluator asked for is made, or was not."""
        query = "SELECT state FROM evaluation_run"
        until = time.monotonic() + LONGEST_RUN
        while (states := {state for (state,) in self._rows(query)}) != {"done"}:
            if "failed" in states or time.monotonic() > until:
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
        return [told.kept_row(*each) for each in kept]

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


def tables(seconds: float, folder: Path) -> tuple[list[list[list[str]]], list[str]]:
    """The day as tables, and what went wrong: nothing may."""
    with servers.databases("postgres", folder) as (product, _floor), own_redis(folder) as redis:
        env = environment(folder, product, redis.url, port=free_port())
        people = {"people": PEOPLE, "scale": SCALE}
        people["links"] = int(PEOPLE["respondents"] * (8 + seconds / 2))
        run_python("platform/manage.py", "migrate", "--verbosity", "0", env=env)
        run_python("platform/manage.py", "collectstatic", "--noinput", "-v", "0", env=env)
        given = json.dumps(people)
        known = json.loads(run_python("-m", "tests.benchmarks.day.world", env=env, given=given))
        say("  the day: everything stands")
        production = Production(env, workers=1)
        with production.running():
            day = Day(env, production, known)
            day.live(WARM_UP, PEOPLE)
            say("  the day: warmed up")
            day.wait_for_report()
            idle = day.live(seconds, {"respondents": PEOPLE["respondents"]})
            say("  the day: respondents alone")
            mixed = day.live(seconds, PEOPLE)
            say("  the day: everybody")
            memory, kept = production.memory(), day.stored()
            died = [child.name for child in production.children if child.died()]
    lost = [f"{row[0]}: {row[1]} acknowledged, {row[2]} stored" for row in kept if row[-1] == "NO"]
    lines = [
        told.summary_rows(idle, mixed),
        told.request_rows(idle, mixed),
        [told.KEPT, *kept],
        told.process_rows(idle, mixed, memory),
    ]
    # While it warms up there is no report yet, and the product says so to who asks for one.
    met = chain(idle["errors"], mixed["errors"])
    return lines, [*met, *(f"{name} died" for name in died), *lost]
