"""`benchlearn new-programme CODE --name NAME --organisations FILE.csv`: an empty programme.

With `--coordinator EMAIL` somebody runs it from the start.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from benchmarks.domain.programmes import start_programme
from core.commands import BenchlearnCommand


class Command(BenchlearnCommand):
    help = (
        "Make an empty programme with one round and its participants: all, or nothing. Columns "
        "code, name, size_class, region."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE", help="code of the programme")
        parser.add_argument("--name", required=True, metavar="NAME")
        parser.add_argument("--organisations", required=True, type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--coordinator",
            metavar="EMAIL",
            help="who runs it; gets an account where there is none",
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        """Make it."""
        cycle = start_programme(
            options["code"],
            name=options["name"],
            organisations=options["organisations"],
            today=timezone.localdate(),
            coordinator=options["coordinator"],
        )
        return {
            "programme": cycle.programme.code,
            "cycle": cycle.name,
            "organisations": cycle.participations.count(),
        }

    def tell(self, answer: Any) -> None:
        self.stdout.write(
            f"{answer['programme']}: round {answer['cycle']}, "
            f"{answer['organisations']} organisations"
        )
