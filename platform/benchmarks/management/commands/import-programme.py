"""`benchlearn import-programme FILE.zip`: a programme that another installation wrote."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.moving import import_programme
from core.commands import BenchlearnCommand


class Command(BenchlearnCommand):
    help = "Take in a programme that isn't here: all of it, or nothing."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip")

    def answer(self, **options: Any) -> dict[str, Any]:
        return import_programme(options["file"])
