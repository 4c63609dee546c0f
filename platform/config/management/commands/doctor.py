"""`benchlearn doctor`: looks at everything Benchlearn needs, and says what to do."""

import sys
from typing import Any

from core.commands import BenchlearnCommand
from core.health import examine


class Command(BenchlearnCommand):
    help = "Look at database, broker, worker, beat, mail, files, clock and tables; say what to do."

    def answer(self, **options: Any) -> dict[str, Any]:
        found = list(examine())
        self.is_well = all(one.is_well for one in found)
        return {
            "well": self.is_well,
            "parts": [
                {"part": one.part, "well": one.is_well, "told": one.told, "advice": one.advice}
                for one in found
            ],
        }

    def tell(self, answer: dict[str, Any]) -> None:
        for one in answer["parts"]:
            self.stdout.write(f"{'ok ' if one['well'] else '!! '} {one['part']}: {one['told']}")
            if one["advice"]:
                self.stdout.write(f"    {one['advice']}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with status 1 when something isn't well, after everything was looked at."""
        super().handle(*args, **options)
        if not self.is_well:
            sys.exit(1)
