"""`benchlearn scale WAVE ITEM...`: do these items make a scale?"""

from typing import Any

from django.core.management.base import CommandParser

from core.commands import BenchlearnCommand
from surveys.domain.finding import find_wave
from surveys.domain.scales import measure_scale


class Command(BenchlearnCommand):
    help = (
        "Cronbach's alpha of some items of a wave with its 95% interval, and for each item its "
        "correlation with the rest and alpha without it; over who answered all of them."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", type=int, metavar="WAVE", help="id of the wave")
        parser.add_argument("items", nargs="+", metavar="ITEM", help="code of a statement")
        parser.add_argument(
            "--reverse",
            action="append",
            default=[],
            metavar="ITEM",
            help="turn this one around first; those worded against their construct always are",
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        """Compute it."""
        wave = find_wave(options["wave"])
        items, found = measure_scale(wave, options["items"], reverse=options["reverse"])
        return {
            "n": found.n,
            "alpha": found.alpha,
            "interval": list(found.interval) if found.interval else None,
            "items": [
                {
                    "item": item.code,
                    "n": found.n,
                    "mean": each.mean,
                    "sd": each.sd,
                    "item_rest": each.item_rest,
                    "alpha_if_dropped": each.alpha_if_dropped,
                }
                for item, each in zip(items, found.items, strict=True)
            ],
        }

    def tell(self, answer: Any) -> None:
        interval = "none"
        if answer["interval"]:
            interval = "{:.3f} to {:.3f}".format(*answer["interval"])
        self.stdout.write(
            f"n = {answer['n']}, alpha {_number(answer['alpha'])}, interval {interval}"
        )
        head = ("item", "mean", "sd", "item-rest", "alpha without")
        self.stdout.write("  {:<40}{:>8}{:>8}{:>11}{:>15}".format(*head))
        for row in answer["items"]:
            numbers = (row["mean"], row["sd"], row["item_rest"], row["alpha_if_dropped"])
            self.stdout.write(
                "  {:<40}{:>8}{:>8}{:>11}{:>15}".format(row["item"], *map(_number, numbers))
            )


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
