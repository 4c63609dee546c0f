"""`benchlearn prepare`: database, home page and static files up to date; quick when they are."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandParser, call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from core.commands import BenchlearnCommand
from website.domain.site import set_up_site


class Command(BenchlearnCommand):
    help = "Bring the database and the static files up to date (make setup runs this)."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--keep-static",
            action="store_true",
            help="leave static files of earlier versions: during an update both are asked for",
        )

    def answer(self, *, keep_static: bool = False, **options: Any) -> dict[str, Any]:
        for folder in (settings.VAR, settings.STATIC_ROOT, settings.MEDIA_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True)
        migrations = _migrate()
        call_command("createcachetable", verbosity=0)
        return {
            "migrations": migrations,
            "home_page": int(set_up_site()),
            "static_files": _collect(clear=not keep_static),
        }

    def tell(self, answer: dict[str, Any]) -> None:
        done = [f"{count} {name.replace('_', ' ')}" for name, count in answer.items() if count]
        self.stdout.write(f"· brought up to date: {', '.join(done)}" if done else "· up to date")


def _migrate() -> int:
    """Apply the migrations that are missing; returns how many."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
    return len(plan)


def _collect(*, clear: bool) -> int:
    """Collect the static files anew when any of them changed; returns how many there are."""
    fingerprint, count = _fingerprint()
    noted = Path(settings.STATIC_ROOT) / "fingerprint.txt"
    if noted.exists() and noted.read_text() == fingerprint:
        return 0
    call_command("collectstatic", interactive=False, verbosity=0, clear=clear)
    noted.write_text(fingerprint)
    return count


def _fingerprint() -> tuple[str, int]:
    """A mark of all static files, by name, size and time, and their number."""
    lines = [str(settings.STORAGES["staticfiles"])]
    for finder in get_finders():
        for name, storage in finder.list(None):
            stat = Path(storage.path(name)).stat()
            lines.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest(), len(lines) - 1
