"""`benchlearn prepare-demo`: everything that `make demo` shows, made when it isn't there yet."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.urls import reverse

from benchmarks.models import Programme
from config.studies.load import STUDIES
from core.commands import BenchlearnCommand


class Command(BenchlearnCommand):
    help = "Prepare the demonstration: database, static files, both studies, an invented programme."

    def answer(self, **options: Any) -> dict[str, Any]:
        call_command("prepare", stdout=StringIO())
        self._load()
        return {"mailbox": reverse("demo_mails"), "sign_ins": []}

    def _load(self) -> None:
        """Load what is missing; what is there stays as it is."""
        there = set(Programme.objects.values_list("code", flat=True))
        for code in STUDIES:
            if code not in there:
                self._say(f"loading {code}")
                call_command("load-study", code, stdout=StringIO())

    def _say(self, text: str) -> None:
        """What takes a while is told, apart from the answer."""
        self.stderr.write(f"· {text}")
