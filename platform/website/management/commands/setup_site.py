"""`benchlearn setup_site`: the home page in every language. May be run at any time."""

from typing import Any

from core.commands import BenchlearnCommand
from website.domain.site import set_up_site


class Command(BenchlearnCommand):
    help = "Make the home page in Dutch and English, if it is not there yet."

    def answer(self, **options: Any) -> dict[str, bool]:
        return {"made": set_up_site()}

    def tell(self, answer: dict[str, bool]) -> None:
        self.stdout.write("Home page made." if answer["made"] else "The home page is there.")
