"""The outbox: how fast one worker of the mail queue delivers it, and two.

`python -m tests.benchmarks.mails COUNT REFERENCE` decides on so many mails at once. The workers are
those of production, on PostgreSQL and a Redis of their own, and a mail server on loopback takes the
mails: at once, or after the time that a mail server elsewhere needs for its answer. Each must
arrive, once.
"""

import asyncio
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
import psycopg

from tests.benchmarks import servers
from tests.benchmarks.processes import Production, environment, own_redis, run_python, say
from tests.faults.stage import MailServer

MAILS = 2_000
ANSWERS = (0.0, 0.02)
"""Seconds that the mail server takes to say yes to a mail."""
PATIENCE = 300.0
BODY = "U bent gevraagd voor een meting. https://127.0.0.1/s/" + "x" * 40 + "\n\n" + "Tekst. " * 120


class SlowMailServer(MailServer):
    """Says yes after a while, to as many at a time as there are connections."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.seconds)
        return await super().handle_DATA(server, session, envelope)


@dataclass
class Delivered:
    """What some workers needed for all mails: seconds, and those of the processor by worker."""

    seconds: float
    cpu: list[float]


def decide(count: int, reference: str) -> None:
    """So many mails, in one transaction."""
    from django.db import transaction

    from core.outbox import new_mail, queue_mails

    with transaction.atomic():
        queue_mails(
            new_mail(
                to=f"person{number}@example.org",
                subject="Een meting",
                body=BODY,
                reference=reference,
                dedupe_key=f"{reference}:{number}",
            )
            for number in range(count)
        )


def deliver(env: dict[str, str], count: int, workers: int, answer: float) -> Delivered:
    """Start the workers, decide on the mails, and wait until all have gone out."""
    reference = f"bench:{workers}:{answer}"
    with SlowMailServer(answer) as sink:
        production = Production(
            env | {"BENCHLEARN_EMAIL_PORT": str(sink.port)}, workers, only="worker-mail"
        )
        with production.running():
            before = production.cpu()
            run_python("-m", "tests.benchmarks.mails", str(count), reference, env=env)
            seconds = _until_sent(env["BENCHLEARN_DATABASE_URL"], reference, count)
            spent = [now - before[name] for name, now in production.cpu().items()]
        arrived = Counter(sink.message_ids)
    if len(arrived) != count or max(arrived.values()) > 1:
        raise SystemExit(f"{count} mails, {len(arrived)} arrived, {arrived.most_common(1)}")
    return Delivered(seconds, spent)


def _until_sent(database: str, reference: str, count: int) -> float:
    """Seconds between the first and the last that was sent."""
    query = (
        "SELECT count(sent_at), extract(epoch FROM max(sent_at) - min(sent_at))"
        " FROM core_outboxmail WHERE reference = %s"
    )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with psycopg.connect(database) as connection:
            [(sent, seconds)] = connection.execute(query, [reference]).fetchall()
        if sent == count:
            return float(seconds)
        time.sleep(0.5)
    raise SystemExit(f"{sent} of {count} mails went out in {PATIENCE:g} s.")


def rows(folder: Path, count: int = MAILS) -> list[list[str]]:
    """Lines of the table `two workers against one`, in a database of their own."""
    lines = []
    with servers.databases("postgres", folder) as (product, _floor), own_redis(folder) as redis:
        env = environment(folder, product, redis.url, port=1)
        run_python("platform/manage.py", "migrate", "--verbosity", "0", env=env)
        for answer in ANSWERS:
            one, two = (deliver(env, count, workers, answer) for workers in (1, 2))
            name = f"{count} mails, the server takes {1000 * answer:g} ms"
            lines.append(row_of(name, one.seconds, two.seconds, one.cpu, two.cpu))
            say(f"  {name}: done")
    return lines


HEAD = ["work", "1 worker s", "2 workers s", "times", "cpu s", "cpu s each", "by cpu"]


def row_of(
    name: str, one: float, two: float, one_cpu: list[float], two_cpu: list[float]
) -> list[str]:
    """A line: seconds of one worker and of two, and of the processor."""
    return [
        name,
        f"{one:.1f}",
        f"{two:.1f}",
        f"{one / two:.2f}",
        f"{sum(one_cpu):.1f}",
        " and ".join(f"{each:.1f}" for each in two_cpu),
        f"{sum(one_cpu) / max(two_cpu):.2f}",
    ]


def row_of_evaluation(found: dict[str, float]) -> list[str]:
    """The line about `evaluate`, of what `evaluating` measured."""
    cpu = [found["one_cpu"]], [found["two_cpu"], found["helper_cpu"]]
    return row_of(f"evaluate, {found['scale']:g} of the data", found["one"], found["two"], *cpu)


if __name__ == "__main__":
    django.setup()
    decide(int(sys.argv[1]), sys.argv[2])
