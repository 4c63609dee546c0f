"""Writing an evaluation into a folder, in one of six formats. Only for commands that compute."""

import json
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.utils.translation import gettext as _
from django.utils.translation import override

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Cycle, Programme
from core.exceptions import InvalidInput
from core.models import LeasedState
from evaluation.domain.file_orders import files_made_now
from evaluation.domain.judged import judged_result
from evaluation.domain.runs import make_report
from evaluation.models import Run
from evaluation.report.as_json import evaluation_as_json
from evaluation.report.build import build_document
from evaluation.report.package import render_package
from evaluation.report.reading import Reading
from evaluation.report.webpage import render_webpage
from evaluation.report.word import render_word

FORMATS = ("html", "pdf", "xlsx", "docx", "json", "zip")
DRAWN = ("html", "pdf", "xlsx")
"""Formats with charts, or that the worker makes: their run makes all files."""


def evaluate(
    programme: Programme, *, cycle: Cycle | None, folder: Path, kind: str, language: str
) -> dict[str, Any]:
    """Make a current run and write it as `evaluation.<kind>`; what was written, and what changed
    since the run before. Raises InvalidInput when the run failed or the file can't be written."""
    run, new = make_report(programme, cycle=cycle, with_files=kind in DRAWN)
    if run.state != LeasedState.DONE:
        raise InvalidInput(run.last_error or f"The run is {run.state}.")
    if kind in DRAWN:
        files_made_now(run)
    with override(language):
        content = _content(run, kind, language)
    path = folder / f"evaluation.{kind}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise InvalidInput(
            _("“%(file)s” can't be written: %(error)s.") % {"file": path, "error": error}
        ) from error
    return {
        "programme": programme.code,
        "run": run.pk,
        "new": new,
        "input_hash": run.input_hash,
        "changes": run.changes,
        "file": str(path),
    }


def _content(run: Run, kind: str, language: str) -> bytes:
    programme = run.programme
    if kind == "json":
        reading = Reading(judged_result(run), programme.kind == ProgrammeKind.STUDY)
        told = evaluation_as_json(programme, reading)
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
    if kind == "zip":
        return render_package(run)
    if kind in ("pdf", "xlsx"):
        return _stored(run, language, kind)
    document = build_document(programme, judged_result(run))
    if kind == "docx":
        return render_word(document, programme)
    charts = run.files[language]["charts"]
    names = Reading(run.result, programme.kind == ProgrammeKind.STUDY).names.values()
    drawn = {name: _read(at) for name, at in charts.items()}
    return render_webpage(document, programme, drawn, list(names))


def _stored(run: Run, language: str, kind: str) -> bytes:
    name = run.files.get(language, {}).get(kind)
    if name is None:
        raise InvalidInput(run.files_error or _("This run has no such file."))
    return _read(name)


def _read(name: str) -> bytes:
    with storages["private"].open(name) as file:
        return bytes(file.read())
