"""A command that writes a page of the documentation, made from the models."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import BenchlearnCommand


class PageCommand(BenchlearnCommand):
    """`--out FILE`, or the page is printed. The answer holds the page and what it lacks."""

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="else it is printed")

    def written(self, page: str, *, models: int, gaps: list[str], **options: Any) -> dict[str, Any]:
        """The page, kept where it was asked for."""
        if options["out"]:
            options["out"].write_text(page, encoding="utf-8")
        return {"models": models, "gaps": gaps, "page": page}

    def tell(self, answer: Any) -> None:
        self.stdout.write(answer["page"])
