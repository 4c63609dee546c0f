"""The load: so many respondents at once, each walking through the whole survey.

A process of its own: `python -m tests.benchmarks.client` reads a task as JSON on standard input and
writes what it measured on standard output. Only 127.0.0.1 is ever asked.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from surveys.content import EFFECT, LEARNING

PAGES = [
    [item.code for item in block.items if item.kind == "statement"] for block in (LEARNING, EFFECT)
]
LONG = [[f"s{page}-{item}" for item in range(10)] for page in range(4)]
"""The survey of 40 statements in 4 pages, see prepare.py."""


def answers_of(pages: list[list[str]]) -> list[dict[str, str]]:
    """What is posted of each page."""
    return [{code: str(1 + at % 5) for at, code in enumerate(page)} for page in pages]


ANSWERS = answers_of(PAGES)
OF_KIND = {"product": ANSWERS, "long": answers_of(LONG)}

type Step = tuple[str, str, str, dict[str, str] | None, int]
"""What it is called, method, path, form, status expected."""


def steps_of(kind: str, token: str) -> Iterator[Step]:
    """The requests of one respondent."""
    if kind == "floor":
        base, both = f"/f/{token}/", ANSWERS[0] | ANSWERS[1]
        yield "open", "GET", base, None, 200
        yield "page 1", "GET", f"{base}1/", None, 200
        yield "post 1", "POST", f"{base}2/", ANSWERS[0], 200
        yield "post 2", "POST", f"{base}3/", both, 200
        yield "submit", "POST", f"{base}submit/", both, 302
        yield "thanks", "GET", f"{base}thanks/", None, 200
        return
    base = f"/s/{token}/"
    yield "open", "GET", base, None, 200
    for page, answers in enumerate(OF_KIND[kind], start=1):
        yield f"page {page}", "GET", f"{base}{page}/", None, 200
        yield f"post {page}", "POST", f"{base}{page}/", answers, 302
    yield "summary", "GET", f"{base}summary/", None, 200
    yield "submit", "POST", f"{base}summary/", {"go": "submit"}, 302
    yield "thanks", "GET", f"{base}thanks/", None, 200


async def ask(port: int, method: str, path: str, form: dict[str, str] | None) -> int:
    """One request over a connection of its own; returns the status."""
    body = urlencode(form or {}).encode()
    kind = "Content-Type: application/x-www-form-urlencoded\r\n" if form is not None else ""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
        f"Accept-Language: nl\r\n{kind}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head.encode() + body)
        answer = await asyncio.wait_for(reader.read(), timeout=60)
    finally:
        writer.close()
    return int(answer[9:12])


async def respond(task: dict[str, Any], tokens: Iterator[str], until: float, found: Any) -> None:
    """One respondent after another, until the time is over; who began goes on to the end."""
    while time.perf_counter() < until:
        token = next(tokens)
        for name, method, path, form, expected in steps_of(task["kind"], token):
            began = time.perf_counter()
            status = await ask(task["port"], method, path, form)
            if status != expected:
                raise SystemExit(f"{method} {path}: {status} instead of {expected}")
            found["times"].setdefault(name, []).append(1000 * (time.perf_counter() - began))
        found["respondents"] += 1


async def load(task: dict[str, Any]) -> dict[str, Any]:
    """All respondents of one task."""
    found: dict[str, Any] = {"respondents": 0, "times": {}}
    tokens, began = iter(task["tokens"]), time.perf_counter()
    until = began + task["seconds"]
    walkers = [respond(task, tokens, until, found) for _ in range(task["at_once"])]
    await asyncio.gather(*walkers)
    found["seconds"] = time.perf_counter() - began
    return found


if __name__ == "__main__":
    json.dump(asyncio.run(load(json.load(sys.stdin))), sys.stdout)
