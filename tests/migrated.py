"""A database with all migrations done, made once and copied wherever a story needs one.

Two hundred migrations take most of a minute; a run has two workers, and a dozen stories that start
real processes on a database of their own. The copy is brought up to date by `migrate` as ever, so
an old one does no harm; it is made anew when a migration or the lock has changed. On SQLite it is a
file in `var/tests`; on PostgreSQL a database beside that of the tests, `..._migrated`. Both stay
for the next run, and nothing else looks at them.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db.transaction import atomic
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("platform", "surveys", "learningcircles", "evaluation")
FOLDER = ROOT / "var/tests"
SERVER = os.environ.get("BENCHLEARN_DATABASE_URL", "")
ON_POSTGRES = SERVER.startswith("postgres")
TEST = "benchlearn_test"
NAME = os.environ.get("BENCHLEARN_TEST_DATABASE", TEST) + "_migrated"
MEMORY = "file:memorydb_default?mode=memory&cache=shared"
"""What Django calls a test database in memory; it is there while somebody is connected to it."""


@cache
def digest() -> str:
    """Of everything that says what a migrated database looks like: libraries, migrations, and code
    that lays triggers."""
    code = [(ROOT / "requirements/dev.lock").read_bytes()]
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            text = file.read_bytes()
            if file.parent.name == "migrations" or b" TRIGGER " in text:
                code.append(text)
    return hashlib.sha256(b"".join(code)).hexdigest()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """The first of several processes makes the database, the others wait."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def migrate(url: str) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
        "BENCHLEARN_DATABASE_URL": url,
    }
    words = [sys.executable, "-m", "config.cli", "migrate", "-v0"]
    subprocess.run(words, env=os.environ | environment, cwd=ROOT, check=True)


def sqlite_file() -> Path:
    """The migrated file; nobody writes in it."""
    now = FOLDER / f"migrated-{digest()[:16]}.sqlite3"
    with one_at_a_time():
        if not now.exists():
            for old in FOLDER.glob("migrated-*"):
                old.unlink()
            making = now.with_suffix(".making")
            migrate(f"sqlite:///{making}")
            with sqlite3.connect(making) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")  # one file, without its log
            connection.close()
            making.rename(now)
    return now


def postgres_name() -> str:
    """The name of the migrated database; nobody stays connected to it."""
    with one_at_a_time(), psycopg.connect(SERVER, autocommit=True) as connection:
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        found = connection.execute(query, [NAME]).fetchone()
        if found != (digest(),):
            name = sql.Identifier(NAME)
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
            migrate(urlunsplit(urlsplit(SERVER)._replace(path=f"/{NAME}")))
            comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
            connection.execute(comment.format(name, sql.Literal(digest())))
    return NAME


def contents(connection: Any) -> dict[str, bytes]:
    """What the migrations put in the tables, by table; nothing on SQLite, where the file has it."""
    if not ON_POSTGRES:
        return {}
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                found[table] = b"".join(rows)
    return {table: rows for table, rows in found.items() if rows}


def put_back(connection: Any, kept: dict[str, bytes]) -> None:
    """Fill the tables, which were emptied, with what `contents` found.

    Refuses to touch another database than one that Django made for tests.
    """
    name = str(connection.settings_dict["NAME"])
    if not (name.startswith(os.environ.get("BENCHLEARN_TEST_DATABASE", TEST)) or name == MEMORY):
        raise RuntimeError(f"{name} is no database of the tests")
    connection.ensure_connection()
    if not ON_POSTGRES:
        with sqlite3.connect(sqlite_file()) as migrated:
            migrated.backup(connection.connection)
        migrated.close()
        return
    with atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # in any order
        for table, rows in kept.items():
            cursor.execute(f'DELETE FROM "{table}"')
            with cursor.copy(f'COPY "{table}" FROM STDIN') as into:
                into.write(rows)


def copy_to(file: Path) -> None:
    """A migrated SQLite database in this file."""
    shutil.copyfile(sqlite_file(), file)


def begin_with_a_copy(settings: Any) -> Any:
    """Before the test database is made: let it begin as a copy. Returns what must be kept while
    the tests run."""
    if ON_POSTGRES:
        settings["TEST"]["TEMPLATE"] = postgres_name()
        return None
    memory = sqlite3.connect(MEMORY, uri=True)
    with sqlite3.connect(sqlite_file()) as migrated:
        migrated.backup(memory)
    migrated.close()
    return memory
