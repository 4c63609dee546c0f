"""Processes of a run: modules of ours, and the set of `make production-like`."""

import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks import servers
from tests.faults.stage import free_port
from tests.faults.whole import OwnRedis

sys.path.insert(0, str(servers.ROOT / "scripts"))

import production_like

READY = 60.0
"""Seconds that workers get to give a first sign of life."""


def run_python(*arguments: str, env: dict[str, str], given: str | None = None) -> str:
    """Run a module of ours in a process of its own; its standard output."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=env,
        cwd=servers.ROOT,
        input=given,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stdout[-500:] + done.stderr[-2000:])
    return done.stdout


def say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def aligned(rows: list[list[str]]) -> str:
    """Rows of cells as lines, every column as wide as its widest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )


def environment(
    folder: Path, database: str, broker: str, *, port: int, **more: str
) -> dict[str, str]:
    """What the set of production sees, on a database and a Redis of its own."""
    given = servers.environment(folder, database, "") | {
        "BENCHLEARN_BROKER_URL": broker,
        "BENCHLEARN_BROKER_QUEUE": f"bench-{secrets.token_hex(4)}",
        "BENCHLEARN_WEB_BIND": f"127.0.0.1:{port}",
        "BENCHLEARN_SURVEY_BIND": f"127.0.0.1:{free_port()}",
    }
    return production_like.environment(given | more)


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    """A Redis of this run alone."""
    if not shutil.which("redis-server"):
        raise SystemExit("This bench needs redis-server and redis-cli.")
    redis = OwnRedis(folder)
    try:
        yield redis
    finally:
        redis.kill()


class Production(production_like.Production):
    """The set of scripts/production_like.py, or those of it whose name starts with `only`."""

    def __init__(self, env: dict[str, str], workers: int, only: str = "") -> None:
        super().__init__(env, workers)
        self.children = [child for child in self.children if child.name.startswith(only)]
        self.survey_port = int(env["BENCHLEARN_SURVEY_BIND"].rsplit(":", 1)[1])

    @contextmanager
    def running(self) -> Iterator[None]:
        """All of them started and giving signs of life; stopped at the end."""
        try:
            for child in self.children:
                alive = self._alive(child)
                child.start(self.environment | {"BENCHLEARN_ALIVE": str(alive)})
                if child.name.startswith("web"):
                    port = self.port if child.name == "web" else self.survey_port
                    self.wait_for(child, port)
            self._wait_for_workers()
            yield
        finally:
            self.stop()

    def _alive(self, child: Any) -> Path:
        return Path(self.environment["BENCHLEARN_VAR"]) / f"{child.name}.alive"

    def _wait_for_workers(self) -> None:
        others = [self._alive(child) for child in self.children if child.name[:3] != "web"]
        until = time.monotonic() + READY
        while not all(alive.exists() for alive in others):
            if time.monotonic() > until:
                raise SystemExit("The workers don't start.")
            time.sleep(0.1)

    def cpu(self) -> dict[str, float]:
        """Seconds of processor by process so far, its own children included."""
        return {child.name: servers.cpu_of_all(pid) for child, pid in self._pids()}

    def memory(self) -> dict[str, float]:
        """The largest memory by process so far in MB, summed over it and its children."""
        return {child.name: servers.memory_of_all(pid) for child, pid in self._pids()}

    def _pids(self) -> Iterator[tuple[Any, int]]:
        return ((child, child.process.pid) for child in self.children if child.process)
