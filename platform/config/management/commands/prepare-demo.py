"""`benchlearn prepare-demo`: everything that `make demo` shows, made when it isn't there yet."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from benchmarks.models import Programme
from config.demo.load import CODE
from config.demo.people import PASSWORD, SIGN_INS
from config.studies.load import STUDIES
from core.commands import BenchlearnCommand
from core.exceptions import NotNow
from evaluation.models import Run


class Command(BenchlearnCommand):
    help = "Prepare the demonstration: database, static files, both studies, an invented programme."

    def answer(self, **options: Any) -> dict[str, Any]:
        """Make what is missing; where the mailbox is, and with whom to sign in."""
        call_command("prepare", stdout=StringIO())
        self._load()
        self._report()
        return {
            "mailbox": reverse("demo_mails"),
            "sign_ins": [
                {"role": str(each.role), "email": each.email, "password": PASSWORD}
                for each in SIGN_INS
            ],
        }

    def _load(self) -> None:
        """Load the programmes that are not there yet; one that is stays as people left it."""
        there = set(Programme.objects.values_list("code", flat=True))
        steps = {code: ("load-study", code) for code in STUDIES} | {CODE: ("load-demo",)}
        for code, command in steps.items():
            if code not in there:
                self._do(*command)

    def _report(self) -> None:
        """Compute the reports that nobody computed yet."""
        made = set(Run.objects.finished().values_list("programme__code", flat=True))
        for code in (*STUDIES, CODE):
            if code in made:
                continue
            try:
                self._do("report", code)
            except CommandError as error:
                if not isinstance(error.__cause__, NotNow):
                    raise
                # Left by a start that was broken off: the worker takes it up.
                self.stderr.write(str(error))

    def _do(self, *command: str) -> None:
        """Run a command; what takes a while is told, apart from the answer."""
        self.stderr.write(f"· benchlearn {' '.join(command)}")
        call_command(*command, stdout=StringIO())
