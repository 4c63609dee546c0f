"""Signs of life of worker and beat: a file that they touch while they go round; and beat's end.

Who watches a container looks at the age of the file (scripts/healthcheck.py). It is the process's
own loop that touches it, so that one that hangs isn't taken for one that works.
"""

import signal
from pathlib import Path
from typing import Any

from celery import Celery, bootsteps
from celery.beat import Scheduler as InMemory
from celery.signals import beat_init

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
    """Beat's schedule in memory (docs/decisions/0503), with a sign of life at each turn.

    Told to stop, celery's beat raises SystemExit wherever it is just then. In the middle of
    sending, redis-py makes another error of that, which beat takes for one of the broker, and goes
    on. So being told is noted too, and ends it at the next turn.
    """

    max_interval = EVERY
    is_told_to_stop = False

    def stop_when_told(self) -> None:
        """Note the signals, beside what celery does with them."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._note(number, signal.getsignal(number))

    def _note(self, number: int, otherwise: Any) -> None:
        def told(number: int, frame: Any) -> None:
            self.is_told_to_stop = True
            otherwise(number, frame)

        signal.signal(number, told)

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        """One turn: what is due is sent, and told is how long to wait."""
        if self.is_told_to_stop:
            raise SystemExit
        touch(self.app.conf.get("alive_file") or "")
        return min(super().tick(*args, **kwargs), EVERY)


@beat_init.connect
def _listen(sender: Any, **kwargs: Any) -> None:
    """Beat is about to begin, and has set up its signals."""
    sender.scheduler.stop_when_told()


def attach(app: Celery, file: str) -> None:
    """Let the workers of this application give signs of life."""
    app.conf.alive_file = file
    app.steps["worker"].add(SignOfLife)
