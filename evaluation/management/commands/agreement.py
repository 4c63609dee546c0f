"""`benchlearn agreement PROGRAMME`: do coders who read the same see the same?"""

from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from evaluation.domain.agreement import agreement_as_json, agreement_on


class Command(BenchlearnCommand):
    help = (
        "Percentage, kappa (two coders) and Krippendorff's alpha with its interval, for each "
        "variable that more than one coder coded."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME")
        parser.add_argument(
            "--round", metavar="R", help="only this round: of interviews, or of the benchmark"
        )
        parser.add_argument("--variable", metavar="V", help="only this variable")

    def answer(self, **options: Any) -> list[dict[str, Any]]:
        """The agreement on each variable."""
        programme = find_programme(options["programme"])
        found = agreement_on(programme, round=options["round"], variable=options["variable"])
        return [agreement_as_json(each) for each in found]

    def tell(self, answer: Any) -> None:
        if not answer:
            self.stdout.write("no variable has more than one coder")
        for row in answer:
            numbers = (row["percent"], row["kappa"], row["alpha"])
            percent, kappa, alpha = ("-" if n is None else f"{n:.3f}" for n in numbers)
            low_high = row["alpha_interval"]
            interval = "{:.3f} to {:.3f}".format(*low_high) if low_high else "no interval"
            self.stdout.write(
                f"{row['variable']:<32} {row['level']:<8} {row['units']:>5} units, "
                f"{row['coders']} coders: {percent}%, kappa {kappa} (weights {row['weights']}), "
                f"alpha {alpha} ({interval})"
            )
