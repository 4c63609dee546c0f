"""The whole product as processes: gunicorn, a worker and beat, on a database of their own."""

import email
import email.policy
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.faults.stage import ROOT, SERVICES, PostgresDatabase, SqliteFile, free_port, until

PAIR = [(390, "en"), (1280, "nl")] if SERVICES else [(390, "nl"), (1280, "en")]
"""Width and language of a journey: the runs on SQLite and on PostgreSQL together see all four."""
ONE = [(1280, "en")] if SERVICES else [(390, "nl")]
"""Of the longest journeys each run walks one."""


class Site:
    """A running Benchlearn with a mailbox in a folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.database = (PostgresDatabase if SERVICES else SqliteFile)(folder)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
            "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
            "BENCHLEARN_DATABASE_URL": self.database.url,
            "BENCHLEARN_BROKER_URL": self.database.broker,
            "BENCHLEARN_BROKER_QUEUE": f"journeys-{self.port}",
            "BENCHLEARN_BASE_URL": self.url,
            "BENCHLEARN_VAR": str(folder),
        }
        self.processes: list[subprocess.Popen] = []

    def start(self):
        self.run("-m", "config.cli", "setup_site")
        web = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "4"]
        celery = ["celery", "-A", "config"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        self._spawn("web", *web, "--no-control-socket")
        self._spawn("worker", *celery, "worker", "--concurrency", "1", *quiet)
        self._spawn("beat", *celery, "beat")
        assert until(self._answers, seconds=90), self.logs()

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _spawn(self, name: str, *words: str):
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *words],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/account/login/", timeout=20)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return True

    def stop(self):
        for process in self.processes:
            process.kill()  # nothing is to be finished
        for process in self.processes:
            process.wait()
        self.database.drop()

    def lay(self, code: str, language: str) -> dict[str, str]:
        """A programme with people; role -> e-mail address."""
        return json.loads(self.run("-m", "tests.journeys.scene", "lay", code, language))

    def ask(self, code: str) -> dict[str, str]:
        """An open wave in a programme that was laid; name of who was asked -> personal link."""
        return json.loads(self.run("-m", "tests.journeys.scene", "ask", code))

    def promise(self, code: str) -> dict[str, int]:
        """An action that was carried out, with the chain that led to it; primary keys by kind."""
        return json.loads(self.run("-m", "tests.journeys.scene", "promise", code))

    def pass_time(self, code: str):
        """The hour of the planned sessions has come."""
        self.run("-m", "tests.journeys.scene", "pass-time", code)

    def letters(self, to: str) -> list[email.message.EmailMessage]:
        """The mails that reached this address, oldest first."""
        files = sorted((self.folder / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime)
        read = [
            email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            for file in files
        ]
        return [message for message in read if to in str(message["To"])]

    def wait_for_letter(self, to: str, *, seconds: float = 40, after: int = 0):
        """The next mail to this address, once the worker has delivered it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self.letters(to)
            if len(found) > after:
                return found[after]
            time.sleep(0.2)
        raise AssertionError(f"no mail for {to}: {self.logs()}")

    def link_in(self, message) -> str:
        """The personal link in an invitation; the one to get no more mail stands below it."""
        text = message.get_body(("plain",)).get_content()
        link, stop = re.findall(rf"{re.escape(self.url)}/s/\S+", text)
        assert stop == f"{link}unsubscribe/"
        return link

    def logs(self) -> str:
        return "\n".join(
            f"--- {file.name}\n{file.read_text()[-1500:]}" for file in self.folder.glob("*.log")
        )
