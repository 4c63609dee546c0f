"""The processes of the demonstration: started, watched, started again, and stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
VAR = Path(os.environ.get("BENCHLEARN_VAR", ROOT / "var"))
PATIENCE = 60.0
"""Seconds that the web server gets to answer for the first time."""
GRACE = 8.0
"""Seconds that a process gets to finish what it is doing before it is killed."""
STEADY = 30.0
"""Who ran this long did not die of its start: the next start comes at once."""
PR_SET_PDEATHSIG = 1
AUTOGROUP = Path("/proc/self/autogroup")
"""Linux weighs sessions against each other by a niceness of their own; `nice` counts within one."""


class DemoError(Exception):
    """The demonstration can't run; the message says why and what to do."""


@dataclass
class Child:
    """One of the processes, and when it may be started again."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 1.0
    start_at: float = 0.0
    folder: Path = VAR / "log"
    own: dict[str, str] = field(default_factory=dict)
    """What it sees otherwise than the others."""
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.folder / f"{self.name}.log"

    def start(self, environment: dict[str, str]) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only this script."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=environment | self.own,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=self._begin,
            )
        self.started = time.monotonic()

    def _begin(self) -> None:
        """In the new process, before the command."""
        die_with_parent()
        if self.command[0] == "nice":
            with suppress(OSError):  # another system, or one that doesn't weigh sessions
                AUTOGROUP.write_text("10")

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> None:
        """Note when to start it again: at once, or later each time when it dies at once."""
        now = time.monotonic()
        self.pause = 1.0 if now - self.started > STEADY else min(self.pause * 2, 30.0)
        self.start_at = now + self.pause
        self.kill_group()
        self.process = None

    def signal_group(self, number: int) -> None:
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def kill_group(self) -> None:
        """What is left of it and of its own children."""
        self.signal_group(signal.SIGKILL)


def die_with_parent() -> None:
    """Linux: ask for TERM when this script itself is killed, so that no orphan remains."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def children(port: int) -> list[Child]:
    """What runs."""
    python = str(BIN / "python")
    celery = [python, "-m", "celery", "-A", "config"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    web = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--no-control-socket"]
    # One import for both workers. It loads nothing that computes, so nothing that minds a fork.
    web.append("--preload")
    return [
        Child("web", [python, "-m", "gunicorn", "config.wsgi", *web]),
        Child("worker", [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", *quiet]),
        Child("beat", [*celery, "beat", "--loglevel", "WARNING"]),
    ]


class Supervisor:
    """Starts the children, keeps them alive, and stops them."""

    def __init__(self, port: int, say: Callable[[str], None]) -> None:
        self.port, self.say, self.stopping = port, say, False
        self.children = children(port)
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "BENCHLEARN_BASE_URL": os.environ.get("BENCHLEARN_BASE_URL", address(port)),
            "PYTHONUNBUFFERED": "1",
        }

    def stop_soon(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def start(self) -> None:
        """The web server first: people wait for it, the worker and beat wait for people."""
        web, *others = self.children
        web.start(self.environment)
        self.wait_for(web)
        for child in others:
            child.start(self.environment)

    def wait_for(self, web: Child, port: int | None = None) -> None:
        """Until the web server answers; it's an error when it dies instead."""
        until = time.monotonic() + PATIENCE
        while not self.stopping and not answers(port or self.port):
            if web.died() or time.monotonic() > until:
                tail = "\n".join(web.log.read_text(errors="replace").splitlines()[-15:])
                raise DemoError(f"The web server did not start. Its last words:\n{tail}")
            time.sleep(0.1)

    def watch(self) -> None:
        """Until somebody says stop: start again who died."""
        while not self.stopping:
            for child in self.children:
                if child.died():
                    self.say(f"{child.name} died; starting it again (see {child.log})")
                    child.plan_restart()
                elif child.process is None and time.monotonic() >= child.start_at:
                    child.start(self.environment)
            time.sleep(0.2)

    def stop(self) -> None:
        """Ask them all to stop, wait, and kill what is left of them and their own children."""
        for child in self.children:
            if child.process is not None:
                child.process.terminate()
        until = time.monotonic() + GRACE
        for child in self.children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.1, until - time.monotonic()))
                except subprocess.TimeoutExpired:
                    self.say(f"{child.name} does not stop; killing it")
                child.kill_group()
                child.process.wait()


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def answers(port: int) -> bool:
    """Does our web server answer?"""
    request = urllib.request.Request(
        f"{address(port)}/account/login/", headers={"X-Forwarded-Proto": "https"}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
