"""`benchlearn export-instrument CODE --format F --out FILE`: a published version as a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from core.commands import BenchlearnCommand
from core.exceptions import InvalidInput
from surveys.domain.imports import ENDINGS, export_instrument
from surveys.domain.publishing import spec_of
from surveys.models import InstrumentVersion


class Command(BenchlearnCommand):
    help = "Write a published version of a questionnaire to a file."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--number", type=int, help="another version than the newest")
        parser.add_argument("--format", choices=sorted(ENDINGS), default="json")
        parser.add_argument("--out", type=Path, metavar="FILE", required=True)

    def answer(self, **options: Any) -> dict[str, Any]:
        """Write the file; what the format can't hold is reported."""
        version = _version(options["code"], options["number"])
        raw, report = export_instrument(spec_of(version), format=options["format"])
        options["out"].write_bytes(raw)
        return {"instrument": options["code"], "version": version.number, "report": report}


def _version(code: str, number: int | None) -> InstrumentVersion:
    published = InstrumentVersion.objects.filter(
        instrument__code=code, published_on__isnull=False
    ).select_related("instrument")
    wanted = published.filter(number=number) if number else published.order_by("-number")
    found = wanted.first()
    if found is None:
        raise InvalidInput(_("There is no such published version of “%(code)s”.") % {"code": code})
    return found
