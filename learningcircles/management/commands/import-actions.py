"""`benchlearn import-actions PROGRAMME FILE.csv`: actions of another system, all or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from learningcircles.domain.imports import import_actions


class Command(BenchlearnCommand):
    help = (
        "Take the actions of a csv file into a benchmark: all of them, or none when anything is "
        "wrong, which is told by row and column."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME", help="code of the benchmark")
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def answer(self, **options: Any) -> dict[str, int]:
        """Import them."""
        programme = find_programme(options["programme"])
        taken = import_actions(programme, options["file"])
        return {"actions": taken.new, "already_there": taken.known}

    def tell(self, answer: Any) -> None:
        self.stdout.write(
            f"{answer['actions']} actions taken over, {answer['already_there']} already there"
        )
