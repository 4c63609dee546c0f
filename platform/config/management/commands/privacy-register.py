"""`benchlearn privacy-register [--out FILE]`: the record of processing, as a page."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from config.privacy.register import as_page, entries, gaps
from core.commands import BenchlearnCommand


class Command(BenchlearnCommand):
    help = "Write what is kept of people, why, on what ground and how long, field by field."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="else it is printed")

    def answer(self, **options: Any) -> dict[str, Any]:
        page = as_page()
        if options["out"]:
            options["out"].write_text(page, encoding="utf-8")
        return {"models": len(entries()), "gaps": gaps(), "page": page}

    def tell(self, answer: Any) -> None:
        self.stdout.write(answer["page"])
