"""`benchlearn privacy-register [--language nl] [--out FILE]`: the record of processing."""

from typing import Any

from django.core.management.base import CommandParser

from config.management.page_command import PageCommand
from config.privacy.register import as_page, entries, gaps


class Command(PageCommand):
    help = "Write what is kept of people, why, on what ground and how long, field by field."

    def add_own_arguments(self, parser: CommandParser) -> None:
        super().add_own_arguments(parser)
        parser.add_argument("--language", choices=["en", "nl"], default="en", help="en (or nl)")

    def answer(self, **options: Any) -> dict[str, Any]:
        page = as_page(options["language"])
        return self.written(page, models=len(entries()), gaps=gaps(), **options)
