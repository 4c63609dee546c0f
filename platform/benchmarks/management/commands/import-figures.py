"""`benchlearn import-figures PROGRAMME FILE.csv`: figures from a file, all or nothing."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.figures import import_figures
from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand

SHOWN = 20


class Command(BenchlearnCommand):
    help = (
        "Take figures over from a csv or xlsx file: all of them, or none when anything is wrong. "
        "Columns organisation, indicator, period, value; or a column for each indicator or period."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME", help="code of the programme")
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--define", type=Path, metavar="INDICATORS.csv", help="define these indicators first"
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        """Import it; what is striking stops nothing and is told."""
        programme = find_programme(options["programme"])
        stored, checked, defined = import_figures(
            programme, options["file"], define=options["define"]
        )
        return {
            "programme": programme.code,
            "figures": len(checked.figures),
            **asdict(stored),
            "empty": checked.empty,
            "definitions": defined,
            "ignored_columns": checked.ignored,
            "warnings": [str(warning) for warning in checked.warnings],
        }

    def tell(self, answer: Any) -> None:
        self.stdout.write(
            f"{answer['programme']}: {answer['figures']} figures ({answer['new']} new, "
            f"{answer['changed']} changed, {answer['same']} the same), {answer['empty']} empty, "
            f"{answer['definitions']} definitions"
        )
        if answer["ignored_columns"]:
            self.stderr.write(f"not read: {', '.join(answer['ignored_columns'])}")
        for warning in answer["warnings"][:SHOWN]:
            self.stderr.write(f"look twice: {warning}")
        more = len(answer["warnings"]) - SHOWN
        if more > 0:
            self.stderr.write(f"look twice: {more} more")
