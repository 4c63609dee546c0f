"""Decisions about files: reading a questionnaire, telling what isn't carried over, storing it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Programme
from core.csvfiles import InvalidFile
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from surveys.checks import what_hinders
from surveys.domain.publishing import changes_of_draft, newest_version
from surveys.editing import body_of
from surveys.formats.json_format import read_json, write_json
from surveys.formats.limesurvey import read_limesurvey
from surveys.formats.reading import MOST_BYTES, Imported, Reading, too_large
from surveys.formats.writing import write_limesurvey, write_xlsform
from surveys.formats.xlsform import read_xlsform
from surveys.models import Instrument, InstrumentVersion
from surveys.specs import InstrumentSpec

READERS = {"xlsform": read_xlsform, "limesurvey": read_limesurvey, "json": read_json}
SUFFIXES = {".xlsx": "xlsform", ".txt": "limesurvey", ".tsv": "limesurvey", ".json": "json"}
ENDINGS = {"xlsform": "xlsx", "limesurvey": "txt", "json": "json"}


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a file: the instrument, and the version when it was published."""

    instrument: Instrument
    version: InstrumentVersion | None


def format_of(name: str) -> str:
    """The format that the ending of a file's name tells. Raises InvalidInput."""
    found = SUFFIXES.get(Path(name).suffix.lower())
    if found is None:
        raise InvalidInput(_("Say which format it is: xlsform (.xlsx), limesurvey (.txt) or json."))
    return found


def read_instrument(raw: bytes, *, name: str, format: str = "") -> Imported:
    """The questionnaire of a file, checked as for publishing; nothing is stored.

    `format` is one of READERS; without it the ending of `name` tells. Raises InvalidFile.
    """
    if len(raw) > MOST_BYTES:
        raise InvalidFile([too_large(name)])
    imported = READERS[format or format_of(name)](raw)
    problems = what_hinders(imported.spec)
    if problems:
        raise InvalidFile([str(problem) for problem in problems])
    return imported


@transaction.atomic
def store_instrument(
    spec: InstrumentSpec, *, programme: Programme | None = None, by: Any = None, publish: bool
) -> Stored:
    """Keep a questionnaire as the draft of an instrument with its code, and publish it on request.

    A new instrument belongs to `programme`, an existing one stays whose it is. Raises NotNow when
    somebody locked it, InvalidInput when it belongs to another programme.
    """
    instrument = Instrument.objects.select_for_update(of=("self",)).filter(code=spec.code).first()
    if instrument is None:
        instrument = Instrument(code=spec.code, programme=programme, live=False)
    elif programme is not None and instrument.programme_id != programme.pk:
        raise InvalidInput(_("Another questionnaire has this code already."))
    elif instrument.locked:
        raise NotNow(_("Somebody locked this questionnaire; ask them to unlock it first."))
    draft = instrument.get_latest_revision_as_object() if instrument.pk else instrument
    draft.title_nl = spec.title_nl or spec.title_en
    draft.title_en = spec.title_en
    draft.body = json.dumps(body_of(spec))
    if instrument.pk is None:
        draft.save()
    known = by if by is not None and by.is_authenticated else None
    revision = draft.save_revision(user=known, log_action=True)
    log_activity(draft, "imported", actor=by, items=len(spec.items))
    if not publish:
        return Stored(draft, None)
    revision.publish(user=known)
    return Stored(draft, newest_version(draft))


def report_of(imported: Imported) -> list[dict[str, str]]:
    """What isn't carried over as it was, item by item, in words."""
    return [
        {"item": found.item, "level": str(found.level), "message": str(found.message)}
        for found in imported.findings
    ]


def changes_by(spec: InstrumentSpec) -> dict[str, str]:
    """What each item would become, next to the version with this code that was published last."""
    instrument = Instrument.objects.filter(code=spec.code).first()
    if instrument is None:
        return {}
    return {change.code: str(change.change) for change in changes_of_draft(instrument, spec)}


def export_instrument(spec: InstrumentSpec, *, format: str) -> tuple[bytes, list[dict[str, str]]]:
    """The questionnaire as a file, and what that format can't hold, item by item."""
    reading = Reading()
    if format == "json":
        return write_json(spec), []
    if format not in ENDINGS:
        raise InvalidInput(_("There is no such format."))
    write = write_xlsform if format == "xlsform" else write_limesurvey
    raw = write(spec, reading)
    return raw, report_of(Imported(spec, tuple(reading.findings)))
