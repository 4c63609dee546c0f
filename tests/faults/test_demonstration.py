"""`make demo` as it is typed: processes of its own, Ctrl-C, and a second start."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests import migrated
from tests.faults.stage import ROOT, SERVICES, free_port

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(SERVICES, reason="the demonstration runs on SQLite"),
]
ROLES = ("participant", "management", "facilitator", "coordinator", "evaluator", "administrator")
BACKGROUND = ("outbox", "session", "celery", "wagtail", "migration", "evaluation_run", "activity")
"""Tables that a worker writes in after a start, whoever started it."""


class Demonstration:
    """The script behind `make demo`, with a folder of its own."""

    def __init__(self, folder):
        self.folder, self.port, self.said = folder, free_port(), []
        self.database = folder / "benchlearn.sqlite3"
        if not self.database.exists():
            migrated.copy_to(self.database)  # tables without a row of content, as `migrate` leaves

    def __enter__(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("BENCHLEARN_", "DJANGO_"))}
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "scripts/demo.py"],
            cwd=ROOT,
            env=kept | {"PORT": str(self.port), "BENCHLEARN_VAR": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if "Stop with Ctrl-C" in line:
                return self
        raise AssertionError("\n".join(self.said))

    def __exit__(self, *problem):
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(40) == 0

    def status(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as page:
                return page.status
        except urllib.error.HTTPError as error:
            return error.code

    def processes(self):
        """Command lines of the processes that work in this folder."""
        mark, found = f"BENCHLEARN_VAR={self.folder}".encode(), []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (process / "environ").read_bytes().split(b"\0"):
                    found.append((process / "cmdline").read_text().replace("\0", " "))
            except OSError:  # it ended meanwhile
                continue
        return found

    def contents(self):
        """Every row of every table that people fill."""
        with sqlite3.connect(self.database) as database:
            names = [
                row[0]
                for row in database.execute("select name from sqlite_master where type='table'")
            ]
            return {
                name: sorted(map(str, database.execute(f'select * from "{name}"')))
                for name in names
                if not any(word in name for word in BACKGROUND)
            }


def test_it_starts_shows_everything_stops_and_starts_again_as_it_was(tmp_path):
    with Demonstration(tmp_path) as demo:
        told = "\n".join(demo.said)
        assert f"http://127.0.0.1:{demo.port}" in told
        assert all(f"{role}@demo.benchlearn.invalid" in told for role in ROLES)
        assert demo.status("/") == 200
        assert demo.status("/programmes/workfirst-2007/report/") == 200
        wait_for(lambda: len([line for line in demo.processes() if "celery" in line]) >= 2)
        running = " ".join(demo.processes())
        assert all(word in running for word in ("gunicorn", "celery -A config worker", "beat"))
    wait_for(lambda: demo.processes() == [])
    before = demo.contents()
    assert len(before["learningcircles_action"]) == 60
    with Demonstration(tmp_path) as again:
        assert again.status("/programmes/workfirst-2007/report/") == 200
        assert not any("benchlearn load" in line for line in again.said)
    assert again.contents() == before


def wait_for(condition, seconds=30):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, condition
        time.sleep(0.2)
