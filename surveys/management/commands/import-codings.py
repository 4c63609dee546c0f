"""`benchlearn import-codings PROGRAMME FILE.csv`: values that coders gave, all or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import BenchlearnCommand
from surveys.domain.finding import find_cycle
from surveys.domain.importing_codings import import_codings


class Command(BenchlearnCommand):
    help = (
        "Take codings from a csv file (organisation,variable,value,coder and perhaps passage): all "
        "of them, or none when anything is wrong."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME")
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--cycle", metavar="NAME", help="another round than the newest")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Import them."""
        cycle = find_cycle(options["programme"], options["cycle"])
        imported = import_codings(cycle, options["file"])
        return {
            "programme": cycle.programme.code,
            "cycle": cycle.name,
            "codings": imported.stored,
            "unchanged": imported.unchanged,
        }

    def tell(self, answer: Any) -> None:
        told = "{codings} codings in {programme}, round {cycle}; {unchanged} were there already"
        self.stdout.write(told.format(**answer))
