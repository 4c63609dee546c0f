"""`benchlearn evaluate PROGRAMME --out DIR`: compute the evaluation and write it as files."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from evaluation.domain.programmes import find_cycle
from evaluation.report.write import FORMATS, evaluate


class Command(BenchlearnCommand):
    help = (
        "Compute the evaluation of a programme and write it into a folder: did the figures "
        "improve where something was done, and how do we know."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME")
        parser.add_argument("--cycle", metavar="C", help="name of a round; the newest without it")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--format", choices=FORMATS, help="json without it")
        parser.add_argument("--language", choices=["nl", "en"], default="nl")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Compute and write it."""
        programme = find_programme(options["programme"])
        cycle = find_cycle(programme, options["cycle"])
        return evaluate(
            programme,
            cycle=cycle,
            folder=options["out"],
            kind=options["format"] or "json",
            language=options["language"],
        )

    def tell(self, answer: Any) -> None:
        self.stdout.write(f"{answer['programme']}: {answer['file']}")
        for each in answer["changes"]:
            self.stdout.write(f"  {each['kind']}: {each['new']} new, {each['gone']} gone")
