"""`benchlearn export-responses WAVE --format FORMAT --out FILE`: a wave's answers as a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import BenchlearnCommand
from surveys.domain.exports import write_export
from surveys.domain.finding import find_wave
from surveys.enums import ExportFormat, ExportShape


class Command(BenchlearnCommand):
    help = (
        "Write the answers of a closed wave, or of one that was only imported, to a file: under "
        "the same rule for small groups as everywhere."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", type=int, metavar="WAVE", help="id of the wave")
        parser.add_argument("--format", required=True, choices=ExportFormat.values)
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument(
            "--shape",
            choices=ExportShape.values,
            default=ExportShape.WIDE.value,
            help="a row for each respondent (wide), or for each answer (long)",
        )
        parser.add_argument(
            "--language", choices=["nl", "en"], default="nl", help="language of the labels"
        )
        parser.add_argument(
            "--with-names",
            action="store_true",
            help="who answered, in a wave by name; without it nobody is named",
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        """Write it."""
        wave = find_wave(options["wave"])
        rows = write_export(
            wave,
            options["out"],
            format=options["format"],
            shape=options["shape"],
            language=options["language"],
            identified=options["with_names"],
        )
        return {
            "wave": wave.pk,
            "format": options["format"],
            "shape": options["shape"],
            "rows": rows,
            "file": str(options["out"]),
        }

    def tell(self, answer: Any) -> None:
        self.stdout.write(f"{answer['rows']} rows in {answer['file']}")
