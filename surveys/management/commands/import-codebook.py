"""`benchlearn import-codebook PROGRAMME FILE`: the variables that are read from interviews."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from surveys.domain.codebooks import import_codebook
from surveys.formats.reading import read_bytes


class Command(BenchlearnCommand):
    help = (
        "Take a codebook from a .qdc (REFI-QDA), .xlsx or .json file: the next version, unless it "
        "says what the newest one says."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME")
        parser.add_argument("file", type=Path, metavar="FILE")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Import it."""
        programme = find_programme(options["programme"])
        before = programme.codebooks.count()
        raw = read_bytes(options["file"])
        codebook = import_codebook(programme, raw, name=options["file"].name)
        return {
            "programme": programme.code,
            "version": codebook.version,
            "variables": codebook.variables.count(),
            "changed": programme.codebooks.count() > before,
        }

    def tell(self, answer: Any) -> None:
        told = "codebook {version} of {programme}: {variables} variables".format(**answer)
        self.stdout.write(told if answer["changed"] else f"{told}, as it was")
