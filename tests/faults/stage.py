"""The stage: a database, a mail server, and real processes that can be killed at any moment."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from aiosmtpd.controller import Controller

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
SERVICES = os.environ.get("BENCHLEARN_DATABASE_URL", "").startswith("postgres")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """Accepts every mail, takes its time, and remembers the Message-IDs in order."""

    def __init__(self):
        self.message_ids = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope):
        lines = envelope.content.decode().splitlines()
        (line,) = [line for line in lines if line.lower().startswith("message-id:")]
        self.message_ids.append(line.split(":", 1)[1].strip())
        return "250 OK"

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *problem):
        self._controller.stop()


class SqliteFile:
    """A database of its own, in a file; migrated."""

    def __init__(self, folder):
        self.file = folder / "faults.sqlite3"
        migrated.copy_to(self.file)
        self.url = f"sqlite:///{self.file}"
        self.broker = "folder://"

    def rows(self, query):
        with sqlite3.connect(self.file, timeout=20) as connection:
            return connection.execute(query).fetchall()

    def drop(self):
        self.file.unlink(missing_ok=True)


class PostgresDatabase:
    """A database of its own, on the server that the test run is given; migrated."""

    def __init__(self, folder, server=""):
        self.server = server or os.environ["BENCHLEARN_DATABASE_URL"]
        self.broker = os.environ["BENCHLEARN_BROKER_URL"]
        self.name = f"benchlearn_faults_{uuid.uuid4().hex[:8]}"
        self.url = urlunsplit(urlsplit(self.server)._replace(path=f"/{self.name}"))
        self._create()

    def _create(self):
        self._on_server(f'CREATE DATABASE "{self.name}" TEMPLATE "{migrated.postgres_name()}"')

    def _on_server(self, query):
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(query)

    def rows(self, query):
        with psycopg.connect(self.url) as connection:
            return connection.execute(query).fetchall()

    def drop(self):
        self._on_server(f'DROP DATABASE "{self.name}" WITH (FORCE)')


class Stage:
    """Everything together. `kill` is kill -9, and the next process starts at once."""

    def __init__(self, folder, mail_server):
        self.database = (PostgresDatabase if SERVICES else SqliteFile)(folder)
        self.folder, self.port = folder, free_port()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
            "BENCHLEARN_DATABASE_URL": self.database.url,
            "BENCHLEARN_BROKER_URL": self.database.broker,
            "BENCHLEARN_VAR": str(folder),
            "FAULTS_SMTP_PORT": str(mail_server.port),
            "BENCHLEARN_BROKER_QUEUE": f"faults-{uuid.uuid4().hex}",
        }
        celery = ["celery", "-A", "config"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        worker = [*celery, "worker", "--concurrency", "1", *quiet]
        web = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
        self.commands = {
            "worker-1": [*worker, "-n", "one@%h"],
            "worker-2": [*worker, "-n", "two@%h"],
            "beat": [*celery, "beat"],
            "web": [*web, "--no-control-socket"],
        }
        self.processes = {}

    def python(self, code, *, settings=""):
        """Run some code in the world of the stage; what it prints."""
        setup = f"import django; django.setup(); {code}"
        done = subprocess.run(
            [sys.executable, "-c", setup],
            env=self.environment | ({"DJANGO_SETTINGS_MODULE": settings} if settings else {}),
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def environment_of(self, name):
        """What a process sees."""
        return self.environment

    def start(self, name):
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *self.commands[name]],
                env=self.environment_of(name),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name, *, with_children=True):
        """kill -9, of the process alone or of its children too; the next one starts at once."""
        process = self.processes[name]
        if with_children:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        self.start(name)

    def states(self, table):
        return dict(self.database.rows(f"SELECT state, count(*) FROM {table} GROUP BY state"))

    def stop(self):
        for process in self.processes.values():
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            process.wait()
        self.database.drop()

    def logs(self):
        return "\n".join(file.read_text()[-2000:] for file in self.folder.glob("*.log"))


def until(condition, *, seconds):
    """Wait for something to become true; whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False
