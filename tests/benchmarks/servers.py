"""Databases and gunicorn for one run, made and taken away again."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get(
    "BENCHLEARN_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)
TICKS = os.sysconf("SC_CLK_TCK")
WORKERS = "2"


def environment(folder: Path, database: str, floor: str) -> dict[str, str]:
    """What the processes of a run see."""
    return os.environ | {
        "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "BENCHLEARN_VAR": str(folder),
        "BENCHLEARN_SECRET_KEY": secrets.token_urlsafe(64),
        "BENCHLEARN_DATABASE_URL": database,
        "BENCHLEARN_BROKER_URL": "filesystem://",
        "BENCHLEARN_BASE_URL": "https://127.0.0.1",
        "BENCHLEARN_ALLOWED_HOSTS": "127.0.0.1",
        "FLOOR_DATABASE_URL": floor,
    }


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Addresses of two empty databases, the product's and the floor's."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'product.sqlite3'}", f"sqlite:///{folder / 'floor.sqlite3'}"
        return
    names = [f"bench_{role}_{secrets.token_hex(4)}" for role in ("product", "floor")]
    try:
        for name in names:
            _on_server("CREATE DATABASE {}", name)
        product, floor = (POSTGRES.rsplit("/", 1)[0] + f"/{name}" for name in names)
        yield product, floor
    finally:
        for name in names:
            _on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _on_server(statement: str, name: str) -> None:
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def postgres_is_there() -> bool:
    """Is there a server to measure on?"""
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def gunicorn(application: str, env: dict[str, str], log: Path) -> Iterator[tuple[int, int]]:
    """A server with two workers; yields its port and the process id of its master."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application, "--workers", WORKERS]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--no-control-socket"]
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=out, stderr=out)
    try:
        _wait_for(port, process, log)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            raise SystemExit(f"gunicorn stopped:\n{log.read_text()[-2000:]}")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", "/s/is-anybody-there/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("gunicorn doesn't answer")


def cpu_of(master: int) -> float:
    """CPU seconds of gunicorn's master and workers so far."""
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return sum(_cpu(int(pid)) for pid in (master, *workers))


def cpu_of_database(address: str) -> float:
    """CPU seconds of the PostgreSQL processes that serve this database; 0 for SQLite."""
    if address.startswith("sqlite"):
        return 0.0
    query = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
    with psycopg.connect(POSTGRES) as connection:
        rows = connection.execute(query, [address.rsplit("/", 1)[1]]).fetchall()
    return sum(_cpu(pid) for (pid,) in rows)


def family_of(pid: int) -> list[int]:
    """A process and all that came of it."""
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [pid, *(each for child in told for each in family_of(int(child)))]


def cpu_of_all(pid: int) -> float:
    """CPU seconds of a process and all that came of it, so far."""
    return sum(_cpu(each) for each in family_of(pid))


def memory_of_all(pid: int) -> float:
    """The largest memory of a process and of all that came of it, summed, in MB."""
    return sum(_memory(each) for each in family_of(pid))


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0.0
    [line] = [each for each in lines if each.startswith("VmHWM:")] or ["VmHWM: 0 kB"]
    return int(line.split()[1]) / 1024


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
