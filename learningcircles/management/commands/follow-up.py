"""`benchlearn follow-up PROGRAMME`: what became of the actions, as it stood on a day."""

import datetime as dt
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from learningcircles.domain.finding import find_participant
from learningcircles.reporting import follow_up_report


class Command(BenchlearnCommand):
    help = (
        "Tell what became of the actions of a benchmark: how many are open, overdue, done and "
        "dropped, the median time to done with its interval (open ones are censored), and how far "
        "the chains from figure to change get."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME", help="code of the benchmark")
        parser.add_argument("--organisation", metavar="CODE", help="only of this participant")
        parser.add_argument(
            "--today",
            type=dt.date.fromisoformat,
            metavar="DATE",
            help="the day that overdue and censoring are counted on (2026-01-31)",
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        """Count it."""
        programme = find_programme(options["programme"])
        code = options["organisation"]
        organisation = None if code is None else find_participant(programme, code)
        today = options["today"] or timezone.localdate()
        return follow_up_report(programme.pk, organisation, today)
