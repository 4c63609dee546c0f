"""`benchlearn restore`: a backup, into an empty installation of the same version."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser

from core.backup.carry import restore
from core.commands import BenchlearnCommand


class Command(BenchlearnCommand):
    help = "Put a backup into this empty installation: all of it, or nothing."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `benchlearn backup` wrote")
        parser.add_argument(
            "--key", type=Path, required=True, help="file with the key's secret half"
        )

    def answer(self, **options: Any) -> dict[str, int]:
        return restore(options["file"], identity=options["key"])
