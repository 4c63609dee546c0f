"""`benchlearn data-dictionary [--out FILE]`: every model and field, as a page."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from config.dictionary.page import as_page, gaps, models_of_the_house
from core.commands import BenchlearnCommand


class Command(BenchlearnCommand):
    help = (
        "Write what every record and field holds, of which type it is, and whether it is personal."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="else it is printed")

    def answer(self, **options: Any) -> dict[str, Any]:
        page = as_page()
        if options["out"]:
            options["out"].write_text(page, encoding="utf-8")
        return {"models": len(models_of_the_house()), "gaps": gaps(), "page": page}

    def tell(self, answer: Any) -> None:
        self.stdout.write(answer["page"])
