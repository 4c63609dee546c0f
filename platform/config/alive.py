"""Signs of life of worker and beat: a file that they touch while they go round.

Who watches a container looks at the age of the file (scripts/healthcheck.py). It is the process's
own loop that touches it, so that one that hangs isn't taken for one that works.
"""

from pathlib import Path
from typing import Any

from celery import Celery, bootsteps
from celery.beat import Scheduler as InMemory

EVERY = 5.0
"""Seconds."""


def touch(file: str) -> None:
    """Note a sign of life; nothing when no file was named."""
    if file:
        Path(file).touch()


class SignOfLife(bootsteps.StartStopStep):
    """The part of a worker that touches the file, by the timer of the worker itself."""

    requires = {"celery.worker.components:Timer"}

    def start(self, parent: Any) -> None:
        """Now, and every few seconds from now on."""
        file = parent.app.conf.get("alive_file") or ""
        touch(file)
        parent.timer.call_repeatedly(EVERY, touch, (file,))


class Scheduler(InMemory):
    """Beat's schedule in memory (docs/decisions/0503), with a sign of life at each turn."""

    max_interval = EVERY

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        """One turn: what is due is sent, and told is how long to wait."""
        touch(self.app.conf.get("alive_file") or "")
        return min(super().tick(*args, **kwargs), EVERY)


def attach(app: Celery, file: str) -> None:
    """Let the workers of this application give signs of life."""
    app.conf.alive_file = file
    app.steps["worker"].add(SignOfLife)
