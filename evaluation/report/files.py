"""The files of a run: charts, PDF and xlsx in each language. Only for workers and commands."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import override

from benchmarks.enums import ProgrammeKind
from evaluation.models import Run
from evaluation.report.build import build_document
from evaluation.report.draw import draw_charts
from evaluation.report.pdf import PdfUnavailable, render_pdf
from evaluation.report.readers import EVALUATOR, READERS
from evaluation.report.reading import Reading
from evaluation.report.workbook import render_workbook

logger = logging.getLogger(__name__)
type Files = dict[str, dict[str, Any]]


def make_files(
    run: Run, result: Mapping[str, Any], *, step: Callable[[int], None], edition: str = "0"
) -> tuple[Files, str]:
    """Store the files of a run; their names by language, and what couldn't be made, if anything.

    Each `edition` has a folder of its own, so that nobody reads a file while it is replaced.
    """
    files: Files = {}
    error = ""
    for number, (language, _name) in enumerate(settings.LANGUAGES, start=1):
        with override(language):
            files[language], error = _files_of(run, result, language, edition)
        step(55 + 40 * number // len(settings.LANGUAGES))
    return files, error


def _files_of(
    run: Run, result: Mapping[str, Any], language: str, edition: str
) -> tuple[dict[str, Any], str]:
    folder = f"reports/{run.programme.code}/{run.pk}-{run.attempt}-{edition}"
    document = build_document(run.programme, result)
    reading = Reading(result, run.programme.kind == ProgrammeKind.STUDY)
    charts = draw_charts(reading, document)
    names: dict[str, Any] = {
        "charts": {
            id_: _keep(f"{folder}/{id_}.{language}.svg", svg.encode())
            for id_, svg in charts.items()
        },
        "xlsx": _keep(f"{folder}/report.{language}.xlsx", render_workbook(document, run.programme)),
    }
    try:
        pdf = render_pdf(document, run.programme, charts, language=language)
    except PdfUnavailable as error:
        logger.warning("No PDF of run %s: %s", run.pk, error)
        return names, str(error)
    names["pdf"] = _keep(f"{folder}/report.{language}.pdf", pdf)
    names["readers"] = {
        reader: _keep(
            f"{folder}/{reader}.{language}.pdf",
            render_pdf(
                build_document(run.programme, result, reader=reader),
                run.programme,
                charts,
                language=language,
            ),
        )
        for reader in READERS
        if reader != EVALUATOR
    }
    return names, ""


def _keep(path: str, content: bytes) -> str:
    """Store a file privately; a second attempt at the same run replaces nothing of another."""
    storage = storages["private"]
    if storage.exists(path):
        storage.delete(path)
    return storage.save(path, ContentFile(content))
