"""`benchlearn import-plan PROGRAMME FILE.toml`: fix an analysis plan for a round."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from evaluation.domain.plans import import_plan
from evaluation.domain.programmes import find_cycle


class Command(BenchlearnCommand):
    help = (
        "Fix what will be looked at and what will count as improvement, for a round of "
        "a programme. A plan never changes: another one is a new version."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME")
        parser.add_argument("file", type=Path, metavar="FILE.toml")
        parser.add_argument("--cycle", metavar="C", help="name of a round; the newest without it")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Fix it."""
        programme = find_programme(options["programme"])
        cycle = find_cycle(programme, options["cycle"])
        plan = import_plan(programme, options["file"], cycle=cycle)
        return {
            "programme": plan.programme.code,
            "cycle": plan.cycle.name,
            "version": plan.version,
            "fixed_on": plan.fixed_on.isoformat(),
            "afterwards": plan.afterwards,
            "indicators": [each["code"] for each in plan.document["indicator"]],
        }

    def tell(self, answer: Any) -> None:
        when = "figures were there already" if answer["afterwards"] else "before the figures"
        self.stdout.write(
            f"{answer['programme']} {answer['cycle']}: plan {answer['version']}, {when}; "
            f"{len(answer['indicators'])} indicators"
        )
