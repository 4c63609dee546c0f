"""`benchlearn report PROGRAMME`: compute the learning-effect report here and now."""

from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from core.exceptions import InvalidInput
from core.models import LeasedState
from evaluation.domain.runs import make_report


class Command(BenchlearnCommand):
    help = (
        "Compute the learning-effect report of a programme with its PDF and xlsx. Does nothing "
        "when nothing changed since the last one."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME")
        parser.add_argument("--again", action="store_true", help="also when nothing changed")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Make it, or find that it is current."""
        run, new = make_report(find_programme(options["programme"]), again=options["again"])
        if run.state != LeasedState.DONE:
            raise InvalidInput(run.last_error or f"The run is {run.state}.")
        return {
            "programme": run.programme.code,
            "run": run.pk,
            "new": new,
            "input_hash": run.input_hash,
            "files": run.files,
            "files_error": run.files_error,
        }

    def tell(self, answer: Any) -> None:
        how = "computed" if answer["new"] else "unchanged since the last one"
        self.stdout.write(f"{answer['programme']}: report {answer['run']} {how}")
        if answer["files_error"]:
            self.stdout.write(answer["files_error"])
