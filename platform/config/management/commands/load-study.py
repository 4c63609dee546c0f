"""`benchlearn load-study NAME [--from DIR]`: one of the published studies becomes a programme."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from config.studies.load import STUDIES, load_study
from core.commands import BenchlearnCommand


class Command(BenchlearnCommand):
    help = "Load a published study from its csv files. A second time changes nothing."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help=f"one of: {', '.join(STUDIES)}")
        parser.add_argument(
            "--from", dest="folder", type=Path, metavar="DIR", help="folder with the csv files"
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        """Load it; how many records of each kind the programme has now."""
        counts = load_study(options["name"], folder=options["folder"])
        return {"programme": options["name"], **counts}

    def tell(self, answer: Any) -> None:
        counts = ", ".join(
            f"{count} {kind}" for kind, count in answer.items() if kind != "programme"
        )
        self.stdout.write(f"{answer['programme']}: {counts}")
