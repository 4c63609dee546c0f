"""The files of a run: charts, PDF and xlsx in each language. Only for workers and commands.

What is to be made is a list of payloads, for one worker or for several (`findings/parts.py`).
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import override

from benchmarks.enums import ProgrammeKind
from evaluation.findings.rounding import Payload, Spread, Step
from evaluation.models import Run
from evaluation.report.build import build_document
from evaluation.report.draw import draw_charts
from evaluation.report.pdf import PdfUnavailable, render_pdf
from evaluation.report.readers import EVALUATOR, READERS
from evaluation.report.reading import Reading
from evaluation.report.workbook import render_workbook

logger = logging.getLogger(__name__)
type Files = dict[str, dict[str, Any]]

FILES = "files"
"""The kind of these payloads."""
WHOLE, OTHERS = "whole", "others"
"""The PDF with everything takes as long as all other files together, and longer."""
BEGINS, ENDS = 55, 95
"""Percent of a run."""


def make_files(
    run: Run,
    result: Mapping[str, Any],
    *,
    step: Step,
    edition: str = "0",
    spread: Spread | None = None,
) -> tuple[Files, str]:
    """Store the files of a run; their names by language, and what couldn't be made, if anything.

    Each `edition` has a folder of its own, so that nobody reads a file while it is replaced.
    `step` is called with a percentage as a sign of life; `spread` has others make some of them.
    """
    payloads = file_payloads(run, result, edition=edition)
    files: Files = {language: {} for language, _name in settings.LANGUAGES}
    error = ""
    for payload, made in zip(payloads, (spread or _made_here)(payloads, step), strict=True):
        files[payload["language"]] |= made["names"]
        error = error or made["error"]
    return files, error


def file_payloads(run: Run, result: Mapping[str, Any], *, edition: str) -> list[Payload]:
    """What is to be made, the longest first. The result goes along as text, in its own order."""
    return [
        {
            "kind": FILES,
            "run": run.pk,
            "folder": f"reports/{run.programme.code}/{run.pk}-{edition}",
            "language": language,
            "what": what,
            "result": json.dumps(result, ensure_ascii=False),
        }
        for what in (WHOLE, OTHERS)
        for language, _name in settings.LANGUAGES
    ]


def _made_here(payloads: Sequence[Payload], step: Step) -> list[dict[str, Any]]:
    """All of them by this worker, one after another."""
    found = []
    for number, payload in enumerate(payloads):
        percent = BEGINS + (ENDS - BEGINS) * number // len(payloads)
        found.append(made_files(payload, lambda percent=percent: step(percent)))  # type: ignore[misc]
    step(ENDS)
    return found


def made_files(payload: Payload, alive: Callable[[], None]) -> dict[str, Any]:
    """Make and store one payload's files: their names, and the error if there is no PDF.

    `alive` is called with each page that was laid out; it may raise to stop the work.
    """
    run = Run.objects.select_related("programme").get(pk=payload["run"])
    result = json.loads(payload["result"])
    with override(payload["language"]):
        making = _Making(run, result, payload["language"], payload["folder"], alive)
        try:
            names = making.whole() if payload["what"] == WHOLE else making.others()
        except PdfUnavailable as error:
            logger.warning("No PDF of run %s: %s", run.pk, error)
            return {"names": making.names, "error": str(error)}
    return {"names": names, "error": ""}


class _Making:
    """The files of one run in the language of the moment."""

    def __init__(
        self,
        run: Run,
        result: Mapping[str, Any],
        language: str,
        folder: str,
        alive: Callable[[], None],
    ) -> None:
        self.run, self.result, self.language, self.folder = run, result, language, folder
        self.alive, self.names = alive, dict[str, Any]()
        self.document = build_document(run.programme, result)
        is_study = run.programme.kind == ProgrammeKind.STUDY
        self.charts = draw_charts(Reading(result, is_study), self.document)
        alive()

    def whole(self) -> dict[str, Any]:
        """The PDF with everything."""
        self.names["pdf"] = self._pdf("report", EVALUATOR)
        return self.names

    def others(self) -> dict[str, Any]:
        """Charts, workbook, and the PDFs of the other readers."""
        self.names["charts"] = {
            id_: self._keep(f"{id_}.{self.language}.svg", svg.encode())
            for id_, svg in self.charts.items()
        }
        workbook = render_workbook(self.document, self.run.programme)
        self.names["xlsx"] = self._keep(f"report.{self.language}.xlsx", workbook)
        self.names["readers"] = {
            reader: self._pdf(reader, reader) for reader in READERS if reader != EVALUATOR
        }
        return self.names

    def _pdf(self, name: str, reader: str) -> str:
        programme = self.run.programme
        document = build_document(programme, self.result, reader=reader)
        pdf = render_pdf(document, programme, self.charts, language=self.language, alive=self.alive)
        return self._keep(f"{name}.{self.language}.pdf", pdf)

    def _keep(self, name: str, content: bytes) -> str:
        """Store a file privately, under another name where there is one: of a worker that died, or
        that doesn't know yet that it lost its lease."""
        return storages["private"].save(f"{self.folder}/{name}", ContentFile(content))
