"""A server of PostgreSQL of a story's own: killing it with kill -9 bothers nobody.

PostgreSQL refuses to run as root, so root lends it the user `postgres`; everybody else runs it as
themselves. It listens on 127.0.0.1 only, and its folder goes when it stops.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import psycopg

from tests.faults.stage import PostgresDatabase, free_port, until

OWNER = "postgres"
NEEDED = ("initdb", "postgres", "pg_dump", "psql")
DEBIAN = Path("/usr/lib/postgresql")


@cache
def programs():
    """The folder that has them all, the newest that is here; None without."""
    found = sorted(DEBIAN.glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    if on_path := shutil.which("initdb"):
        found.insert(0, Path(on_path).resolve().parent)
    whole = [folder for folder in found if all((folder / name).is_file() for name in NEEDED)]
    return next(iter(whole), None)


def lent():
    """As whom its programs run, in the words of subprocess; None when root can lend nobody."""
    if os.geteuid() != 0:
        return {}
    try:
        owner = pwd.getpwnam(OWNER)
    except KeyError:
        return None
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def why_not():
    """What a server of one's own lacks here; nothing when it can be had."""
    if programs() is None:
        return "no programs of PostgreSQL here"
    if lent() is None:
        return f"root has no user {OWNER} to lend"
    with psycopg.connect(os.environ["BENCHLEARN_DATABASE_URL"]) as connection:
        version = connection.info.server_version
    words = [programs() / "postgres", "--version"]
    here = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()[2]
    # An older pg_dump doesn't read the migrated database of a newer server.
    older = int(here.split(".")[0]) < version // 10_000
    return f"PostgreSQL {here} is older than the server of the tests" if older else ""


class OwnServer:
    """It runs from the moment that it is made; `kill` is kill -9 of all its processes."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="benchlearn-postgres-"))
        self.port, self.process = free_port(), None
        self.url = f"postgres://{OWNER}@127.0.0.1:{self.port}/postgres"
        if user := lent():
            os.chown(self.folder, user["user"], user["group"])
        words = ["-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", "-D", self.folder / "data", *words)
        self.start()

    def _run(self, name, *words):
        done = subprocess.run(
            [programs() / name, *words], cwd=self.folder, capture_output=True, text=True, **lent()
        )
        assert done.returncode == 0, f"{name}: {done.stderr}"

    def start(self):
        """Start it, and wait until it lets somebody in: it first mends what a kill left."""
        at = ["-p", str(self.port), "-c", "listen_addresses=127.0.0.1"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [programs() / "postgres", "-D", self.folder / "data", *at, "-k", ""],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **lent(),
            )
        assert until(self.is_there, seconds=60), (self.folder / "log").read_text()[-2000:]

    def is_there(self):
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill(self):
        """All at once, as when the machine goes: the first process is held while the others are
        looked up, so that it makes no new ones."""
        self.process.send_signal(signal.SIGSTOP)
        children = self._children()
        for pid in [self.process.pid, *children]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        assert until(lambda: not any(map(_lives, children)), seconds=20)

    def _children(self):
        """Each is the leader of a session of its own, so a signal to the group misses them."""
        listed = ["ps", "-o", "pid=", "--ppid", str(self.process.pid)]
        done = subprocess.run(listed, capture_output=True, text=True, check=False)
        return [int(pid) for pid in done.stdout.split()]

    def stop(self):
        if self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def _lives(pid):
    """Is this process there, and not only its name that nobody has asked for yet?"""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


class OwnDatabase(PostgresDatabase):
    """A migrated database on a server of its own, which can be killed and started again."""

    def __init__(self, folder):
        self.own = OwnServer()
        try:
            super().__init__(folder, server=self.own.url)
        except BaseException:
            self.own.stop()
            raise

    def _create(self):
        """A copy on the server of the tests is poured over: others copy the migrated one itself,
        which they can't while somebody reads it."""
        self._on_server(f'CREATE DATABASE "{self.name}"')
        copy = PostgresDatabase(None)
        try:
            _pour(copy.url, self.url)
        finally:
            copy.drop()

    def drop(self):
        self.own.stop()


def _pour(source, target):
    """All that is in one database, into an empty one."""
    words = ["--no-owner", "--dbname", source]
    reading = subprocess.Popen([programs() / "pg_dump", *words], stdout=subprocess.PIPE)
    words = ["-q", "-X", "--single-transaction", "-v", "ON_ERROR_STOP=1", "--dbname", target]
    subprocess.run(
        [programs() / "psql", *words], stdin=reading.stdout, stdout=subprocess.DEVNULL, check=True
    )
    assert reading.wait() == 0
