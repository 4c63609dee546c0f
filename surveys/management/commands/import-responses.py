"""`benchlearn import-responses WAVE FILE.csv`: answers of another system, all or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from core.commands import BenchlearnCommand
from surveys.domain.finding import find_wave
from surveys.domain.taking_over import import_responses


class Command(BenchlearnCommand):
    help = (
        "Take the answers of a csv file into an open wave, as completed responses: all of them, or "
        "none when anything is wrong. Columns are codes of items; “organisation” may stand beside."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", type=int, metavar="WAVE", help="id of the wave")
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--id-column", metavar="NAME", help="the column that tells respondents apart"
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        """Import it."""
        wave = find_wave(options["wave"])
        count = import_responses(
            wave,
            options["file"],
            by=None,
            on=timezone.localdate(),
            id_column=options["id_column"],
        )
        return {"wave": wave.pk, "responses": count}

    def tell(self, answer: Any) -> None:
        self.stdout.write(f"{answer['responses']} responses in wave {answer['wave']}")
