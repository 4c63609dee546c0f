"""`benchlearn verify-audit [--noted NUMBER:DIGEST]`: is the audit log still as it was written?"""

import re
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser

from core.audit import verify
from core.commands import BenchlearnCommand


def noted(text: str) -> tuple[int, str]:
    """A number and digest as the command prints them."""
    if not re.fullmatch(r"\d{1,18}:[0-9a-f]{64}", text):
        raise CommandError("--noted is NUMBER:DIGEST, as this command printed it before")
    number, digest = text.split(":")
    return int(number), digest


class Command(BenchlearnCommand):
    help = "Check that no line of the audit log was altered, removed or inserted."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--noted", metavar="NUMBER:DIGEST", help="the end of the log as it was noted earlier"
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        expected = noted(options["noted"]) if options["noted"] else None
        found = verify(expected=expected)
        self.is_whole = not found.breaks
        return {
            "whole": self.is_whole,
            "entries": found.entries,
            "end": f"{found.number}:{found.digest}",
            "breaks": [asdict(one) for one in found.breaks],
        }

    def tell(self, answer: dict[str, Any]) -> None:
        for one in answer["breaks"]:
            self.stdout.write(f"!! line {one['number']} {one['what']}")
        said = "whole" if answer["whole"] else "NOT whole"
        self.stdout.write(f"{answer['entries']} lines, {said}. End: {answer['end']}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with status 1 when the log isn't whole."""
        super().handle(*args, **options)
        if not self.is_whole:
            sys.exit(1)
