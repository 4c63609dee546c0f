"""`benchlearn export-programme CODE --out FILE.zip`: a whole programme, to take along."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from benchmarks.domain.moving import export_programme
from benchmarks.models import Programme
from core.commands import BenchlearnCommand
from core.exceptions import InvalidInput
from core.moving.schema import schema


class Command(BenchlearnCommand):
    help = "Write a programme with all that belongs to it to a file in open formats."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME", nargs="?", help="its code")
        parser.add_argument("--out", type=Path, metavar="FILE.zip", help="a new file")
        parser.add_argument(
            "--private",
            action="store_true",
            help="with recordings, transcripts, names behind pseudonyms and private parts",
        )
        parser.add_argument(
            "--schema", type=Path, metavar="FILE.json", help="write what stands where, and no more"
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        if options["schema"]:
            options["schema"].write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n")
            return {"schema": str(options["schema"])}
        if not options["programme"] or not options["out"]:
            raise InvalidInput(_("Name a programme, and a file with --out."))
        programme = Programme.objects.filter(code=options["programme"]).first()
        if programme is None:
            raise InvalidInput(_("There is no programme “%s”.") % options["programme"])
        told = export_programme(programme, options["out"], private=options["private"])
        return {"file": str(options["out"]), **told}
