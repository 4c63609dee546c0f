"""`benchlearn backup`: every record and every file, in one locked file."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from core.backup.archive import new_identity
from core.backup.carry import back_up
from core.commands import BenchlearnCommand
from core.exceptions import InvalidInput


class Command(BenchlearnCommand):
    help = "Write every record and every file into one locked file; halves of keys stay outside."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("to", nargs="?", type=Path, help="a folder, or a new file")
        parser.add_argument(
            "--new-key", type=Path, metavar="FILE", help="make a key: its secret half goes to FILE"
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        if options["new_key"]:
            return {"recipient": new_identity(options["new_key"])}
        recipient = settings.BACKUP_RECIPIENT
        if not recipient or options["to"] is None:
            raise InvalidInput(
                _(
                    "Name a folder or file, and give BENCHLEARN_BACKUP_RECIPIENT. With --new-key "
                    "FILE this command makes a key: keep FILE far from this server."
                )
            )
        file = _file_in(options["to"], timezone.now())
        return {"file": str(file)} | back_up(file, recipient=recipient)


def _file_in(to: Path, now: dt.datetime) -> Path:
    return to / f"benchlearn-{now:%Y%m%d-%H%M%S}.age" if to.is_dir() else to
