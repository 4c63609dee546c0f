"""The manner of every `benchlearn` command: --json, errors on stderr, exit status 1 or 2."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.exceptions import DomainError


class BenchlearnCommand(BaseCommand):
    """A command whose `answer()` returns what `--json` prints, and `tell()` prints it in words."""

    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")
        self.add_own_arguments(parser)

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Arguments of this command."""

    def answer(self, **options: Any) -> Any:
        """Do the work; return what can be written as JSON."""
        raise NotImplementedError

    def tell(self, answer: Any) -> None:
        """Print the answer in words."""
        self.stdout.write(json.dumps(answer, indent=2, ensure_ascii=False))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self.answer(**options)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, sort_keys=False))
        else:
            self.tell(answer)
