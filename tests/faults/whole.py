"""The set of production on the stage: the processes of scripts/production_like.py, on PostgreSQL
and a Redis of its own, with a mail server that can be told to misbehave."""

import asyncio
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from contextlib import suppress

import psycopg

from tests import disks
from tests.faults.postgres import OwnDatabase, why_not
from tests.faults.stage import ROOT, MailServer, PostgresDatabase, Stage, free_port, until

sys.path.insert(0, str(ROOT / "scripts"))

from production_like import commands, environment

DISK = "16m"
STORY = "from tests.faults import whole_story as story; "


class MoodyMailServer(MailServer):
    """Accepts, refuses for now, hangs, or accepts and then drops the connection without a word."""

    mood = "well"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mood == "refusing":
            return "451 4.3.0 try again later"
        if self.mood == "hanging":
            await asyncio.sleep(4)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        if self.mood == "dropping":
            server.transport.abort()
        return answer


class OwnRedis:
    """A Redis of this story alone; killing and emptying it bothers nobody."""

    def __init__(self, folder):
        self.port, self.folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self):
        words = ["redis-server", "--port", str(self.port), "--save", "", "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(
            words, cwd=self.folder, stdout=subprocess.DEVNULL, start_new_session=True
        )
        assert until(lambda: self.ask("PING") == "PONG", seconds=10)

    def ask(self, *words):
        done = subprocess.run(
            ["redis-cli", "-p", str(self.port), *words], capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def pause(self):
        """It takes connections, and answers nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Whole(Stage):
    """Everything of production, and what happens to it. The database is on a server of its own and
    files are on a small disk, where that can be had: `lacks` tells what couldn't, and why."""

    def __init__(self, folder, mail_server):
        self.lacks = {"database killed": why_not()} if why_not() else {}
        self.database = (PostgresDatabase if self.lacks else OwnDatabase)(folder)
        self.redis, self.off = OwnRedis(folder), {}
        self.folder, self.port = folder, free_port()
        self.private, self.disk = folder / "private", disks.mount(DISK)
        if self.disk:
            self.private.symlink_to(self.disk)
        else:
            self.lacks["disk full"] = "nothing may be mounted here"
        self.environment = environment(
            os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "tests.faults.whole_settings",
                "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
                "BENCHLEARN_SECRET_KEY": secrets.token_urlsafe(64),
                "BENCHLEARN_DATABASE_URL": self.database.url,
                "BENCHLEARN_BROKER_URL": self.redis.url,
                "BENCHLEARN_BROKER_QUEUE": f"faults-{uuid.uuid4().hex[:8]}",
                "BENCHLEARN_VAR": str(folder),
                "BENCHLEARN_WEB_BIND": f"127.0.0.1:{self.port}",
                "BENCHLEARN_METRICS_TOKEN": secrets.token_urlsafe(48),
                "FAULTS_SMTP_PORT": str(mail_server.port),
            }
        )
        (folder / "static").mkdir(exist_ok=True)
        self.commands = {
            name: words[words.index("-m") + 1 :]
            for name, words in commands(self.environment).items()
            if name != "web-survey"  # here one pool answers everything, as it may
        }
        self.processes = {}

    def start(self, name):
        """As whoever runs it starts a process again: the web once its address is free. Workers of a
        web master that was killed hold it until they notice, and gunicorn asks for five seconds."""
        if name == "web":
            assert until(self._is_free, seconds=60)
        super().start(name)

    def environment_of(self, name):
        """What a process sees: the clock of some is off."""
        off = self.off.get(name)
        return self.environment | ({"FAULTS_CLOCK_OFF": str(off)} if off else {})

    def clock_goes(self, name, off):
        """A process whose clock is off by so many seconds takes the place of one."""
        self.off[name] = off
        self.kill(name)

    def clocks_go_right(self):
        """Whoever runs it sets the clocks that were off."""
        while self.off:
            name, _off = self.off.popitem()
            self.kill(name)

    def _is_free(self):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                return False
        return True

    def database_killed(self, seconds):
        """kill -9 of the server and of all who serve a connection; it starts after a while."""
        self.database.own.kill()
        time.sleep(seconds)
        self.database.own.start()

    def disk_fills(self, seconds):
        """No room for files, for a while."""
        with disks.filled(self.private):
            time.sleep(seconds)

    def database_cut(self, seconds):
        """Every connection is cut, and for a while no other is let in."""
        name = self.database.name
        on_server = self.database._on_server
        on_server(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        on_server(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        time.sleep(seconds)
        on_server(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')

    def redis_dies(self, seconds):
        """kill -9; it comes back empty."""
        self.redis.kill()
        time.sleep(seconds)
        self.redis.start()

    def has_begun(self, name):
        """May it be killed again? The web not before somebody was answered: it takes its time to
        start on a busy machine, and killed all the while it would show nothing."""
        return not name.startswith("web") or self.is_ready(seconds=5)

    def is_ready(self, seconds=20):
        """Does a web process answer, with its database and tables?"""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/health/ready/")
        try:
            return urllib.request.urlopen(request, timeout=seconds).status == 200
        except OSError:
            return False

    def time_passes(self):
        """What waits for a moment is due at once: mails that pause after a refusal, and rows that
        a worker held whose clock was ahead. A test can't wait half a minute, or an hour."""
        far = "lease_until > now() + interval '1 minute'"
        with psycopg.connect(self.database.url) as connection:
            connection.execute("UPDATE core_outboxmail SET not_before = NULL")
            connection.execute(f"UPDATE core_outboxmail SET lease_until = now() WHERE {far}")

    def stop(self):
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.redis.kill()
        self.database.drop()
        if self.disk:
            disks.unmount(self.disk)


def can_run():
    """Are PostgreSQL and the programs of Redis here?"""
    services = os.environ.get("BENCHLEARN_DATABASE_URL", "").startswith("postgres")
    return services and shutil.which("redis-server") and shutil.which("redis-cli")
