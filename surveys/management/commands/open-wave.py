"""`benchlearn open-wave INSTRUMENT --programme P --name NAME`: a wave for a file of answers."""

import datetime as dt
from typing import Any

from django.core.management.base import CommandParser

from core.commands import BenchlearnCommand
from surveys.domain.taking_over import open_wave_for_import
from surveys.enums import WaveMode


class Command(BenchlearnCommand):
    help = (
        "Open a wave of an instrument without asking anyone, so that answers from another system "
        "can be imported. Prints the id of the wave."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("instrument", metavar="INSTRUMENT", help="code of the instrument")
        parser.add_argument("--programme", metavar="P", required=True, help="code of the programme")
        parser.add_argument("--cycle", metavar="C", help="another round than the newest")
        parser.add_argument("--name", required=True, help="name of the wave")
        parser.add_argument(
            "--mode",
            choices=WaveMode.values,
            default=WaveMode.ANONYMOUS.value,
            help="what is kept of who answered (anonymous)",
        )
        parser.add_argument(
            "--last-day",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="last day to answer (four weeks from today)",
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        """Open it."""
        wave = open_wave_for_import(
            options["instrument"],
            programme=options["programme"],
            cycle=options["cycle"],
            name=options["name"],
            mode=options["mode"],
            last_day=options["last_day"],
        )
        return {
            "wave": wave.pk,
            "name": wave.name,
            "programme": wave.cycle.programme.code,
            "cycle": wave.cycle.name,
            "instrument": wave.version.instrument.code,
            "version": wave.version.number,
        }

    def tell(self, answer: Any) -> None:
        self.stdout.write(str(answer["wave"]))
