"""`benchlearn data-dictionary [--out FILE]`: every model and field, as a page."""

from typing import Any

from config.dictionary.page import as_page, gaps, models_of_the_house
from config.management.page_command import PageCommand


class Command(PageCommand):
    help = (
        "Write what every record and field holds, of which type it is, and whether it is personal."
    )

    def answer(self, **options: Any) -> dict[str, Any]:
        return self.written(as_page(), models=len(models_of_the_house()), gaps=gaps(), **options)
