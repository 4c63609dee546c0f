"""`benchlearn keep-periods`: remove what is past its period, now; beat does so once a day."""

from typing import Any

from django.utils import timezone

from config.privacy.periods import keep_periods
from core.commands import BenchlearnCommand


class Command(BenchlearnCommand):
    help = "Remove personal data that is past its period, and report how many records of each."

    def answer(self, **options: Any) -> dict[str, int]:
        return keep_periods(timezone.now())

    def tell(self, answer: dict[str, int]) -> None:
        for name, count in answer.items():
            self.stdout.write(f"{name}: {count}")
