"""What was measured of a day, as tables. `idle` and `mixed` are what `people` found."""

from itertools import chain
from statistics import quantiles
from typing import Any

MOST = 2.0
"""How many times as long a survey page may take at the 95th percentile on a mixed day."""
KEPT = ["what", "acknowledged", "stored", "the same"]


def percentile(times: list[float], which: int) -> float:
    """Of times in milliseconds; nan of fewer than two."""
    return quantiles(times, n=100)[which - 1] if len(times) > 1 else float("nan")


def survey_times(found: dict[str, Any]) -> list[float]:
    """Of every request of a respondent."""
    return list(chain(*(t for name, t in found["times"].items() if name.startswith("survey:"))))


def kept_row(name: str, acknowledged: Any, stored: Any) -> list[str]:
    """A line: how many were acknowledged and stored, and whether they are the same ones."""
    many = [each if isinstance(each, int) else len(each) for each in (acknowledged, stored)]
    return [name, *map(str, many), "yes" if acknowledged == stored else "NO"]


def request_rows(idle: dict[str, Any], mixed: dict[str, Any]) -> list[list[str]]:
    """A line for each kind of request, those of respondents together first."""
    head = ["request", "idle: count", "p50 ms", "p95 ms", "mixed: count", "p50 ms", "p95 ms"]
    rows = [_row("survey, all", [survey_times(idle), survey_times(mixed)], bound=MOST)]
    for name in sorted(
        {*idle["times"], *mixed["times"]}, key=lambda each: (each[:2] != "su", each)
    ):
        rows.append(_row(name, [found["times"].get(name, []) for found in (idle, mixed)]))
    return [[*head, "p95 ratio", "at most"], *rows]


def _row(name: str, both: list[list[float]], bound: float | None = None) -> list[str]:
    alone, beside = (percentile(times, 95) for times in both)
    cells = [name]
    for times in both:
        shown = (f"{percentile(times, which):.1f}" if len(times) > 1 else "-" for which in (50, 95))
        cells += [str(len(times)), *shown]
    ratio = beside / alone
    cells.append(f"{ratio:.2f}" if ratio == ratio else "-")
    return [*cells, "" if bound is None else f"{bound:g}{'' if ratio <= bound else ' NO'}"]


def process_rows(
    idle: dict[str, Any], mixed: dict[str, Any], memory: dict[str, float]
) -> list[list[str]]:
    """A line for each process: what it spent of a processor, and its largest memory."""
    rows = [["process", "idle: of a processor", "mixed: of a processor", "MB at most"]]
    for name in mixed["cpu"]:
        shares = [f"{found['cpu'][name] / found['seconds']:.0%}" for found in (idle, mixed)]
        rows.append([name, *shares, f"{memory[name]:.0f}" if name in memory else "-"])
    return rows


def _each(seconds: float, many: int) -> str:
    """Milliseconds of a processor for each of so many; nobody who asked costs nothing."""
    return f"{1000 * seconds / many:.1f}" if many else "-"


def summary_rows(idle: dict[str, Any], mixed: dict[str, Any]) -> list[list[str]]:
    """A line for each part of the day."""
    rows = [["part", "s", "requests", "requests/s", "errors", "responses", "reports made"]]
    rows[0] += ["web ms/request", "survey ms/request", "postgres ms/request"]
    for name, found in (("respondents alone", idle), ("everybody", mixed)):
        many, seconds = found["requests"], found["seconds"]
        row = [name, f"{seconds:.0f}", str(many), f"{many / seconds:.1f}"]
        row += [str(len(found["errors"])), str(found["responses"]), str(found["runs"])]
        # Of the requests to that pool; PostgreSQL serves both.
        surveys = found["survey_requests"]
        spent = [(at, found["cpu"][at]) for at in ("web", "web-survey", "postgres")]
        asked = {"web": many - surveys, "web-survey": surveys, "postgres": many}
        rows.append(row + [_each(cpu, asked[at]) for at, cpu in spent])
    return rows
