"""`benchlearn import-instrument FILE`: a questionnaire from XLSForm, LimeSurvey or JSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from surveys.domain.imports import (
    READERS,
    changes_by,
    read_instrument,
    report_of,
    store_instrument,
)
from surveys.formats.reading import read_bytes


class Command(BenchlearnCommand):
    help = "Import a questionnaire, all or nothing, after a report of what isn't carried over."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--format", choices=sorted(READERS), default="", help="else the file's ending tells"
        )
        parser.add_argument("--programme", metavar="P", help="whose coordinators may edit it")
        parser.add_argument("--publish", action="store_true", help="freeze it as the next version")
        parser.add_argument("--check", action="store_true", help="report only, store nothing")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Read, report, and unless only checking, store."""
        file = options["file"]
        code = options["programme"]
        programme = find_programme(code) if code else None
        imported = read_instrument(read_bytes(file), name=file.name, format=options["format"])
        answer: dict[str, Any] = {
            "instrument": imported.spec.code,
            "items": len(imported.spec.items),
            "report": report_of(imported),
            "changes": changes_by(imported.spec),
            "version": None,
            "published": False,
            "stored": not options["check"],
        }
        if not options["json"]:
            self._tell_report(answer["report"])
        if options["check"]:
            return answer
        stored = store_instrument(imported.spec, programme=programme, publish=options["publish"])
        version = stored.version.number if stored.version else None
        return answer | {"version": version, "published": version is not None}

    def _tell_report(self, report: list[dict[str, str]]) -> None:
        """Before anything is stored."""
        for found in report:
            self.stdout.write(f"  {found['item'] or '-'}: {found['level']}: {found['message']}")

    def tell(self, answer: Any) -> None:
        state = f"version {answer['version']}" if answer["published"] else "draft"
        state = state if answer["stored"] else "not stored"
        self.stdout.write(f"{answer['instrument']}: {answer['items']} items, {state}")
