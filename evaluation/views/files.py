"""The files of a report: private, and given only to who may read them."""

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from benchmarks.models import Programme
from core.audit import Deed, record
from core.exceptions import NotNow
from evaluation.domain.file_orders import files_are_current
from evaluation.domain.runs import report_of
from evaluation.models import RunInput
from evaluation.report.package import render_package
from evaluation.rules import may
from evaluation.views.common import programme_for


def _names(programme: Programme) -> dict:
    """The files of the newest run in the reader's language. Raises NotNow while they lag behind
    what an evaluator added: every format says the same."""
    run = report_of(programme)
    if run is not None and not files_are_current(run):
        raise NotNow(_("The files are being made again, since the evaluator added something."))
    files = (run.files if run else {}).get(get_language() or "nl", {})
    return files if isinstance(files, dict) else {}


def _private_file(name: str | None, kind: str, *, download: str = "") -> FileResponse:
    storage = storages["private"]
    if not name or not storage.exists(name):
        raise Http404
    return FileResponse(
        storage.open(name), content_type=kind, as_attachment=bool(download), filename=download
    )


def _with_records(request: HttpRequest, code: str) -> Programme:
    """The programme, if this person may see who has which value: the files say it, so that the
    audit log tells who fetched one."""
    programme = programme_for(request, code)
    if not may(request.user, "evaluation.see_records", programme):
        raise Http404
    record(Deed.REPORT_FETCHED, programme, by=request.user, scope=programme)
    return programme


@require_safe
def report_pdf(request: HttpRequest, code: str) -> FileResponse:
    """The report as PDF, in the reader's language."""
    programme = _with_records(request, code)
    name = f"{programme.code}-{get_language()}.pdf"
    return _private_file(_names(programme).get("pdf"), "application/pdf", download=name)


@require_safe
def report_xlsx(request: HttpRequest, code: str) -> FileResponse:
    """The report as xlsx, in the reader's language."""
    programme = _with_records(request, code)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = f"{programme.code}-{get_language()}.xlsx"
    return _private_file(_names(programme).get("xlsx"), kind, download=name)


@require_safe
def report_package(request: HttpRequest, code: str) -> HttpResponse:
    """The package for reproduction: data without names, codebook, settings and a script."""
    programme = _with_records(request, code)
    run = report_of(programme)
    if run is None or not RunInput.objects.filter(run=run).exists():
        raise Http404
    answer = HttpResponse(render_package(run), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{programme.code}.zip"'
    return answer


@require_safe
def report_for_pdf(request: HttpRequest, code: str, reader: str) -> FileResponse:
    """The report of one reader as PDF: it names no organisation, so whoever may read the report
    may have it."""
    programme = programme_for(request, code)
    name = f"{programme.code}-{reader}-{get_language()}.pdf"
    found = _names(programme).get("readers", {}).get(reader)
    return _private_file(found, "application/pdf", download=name)


PUBLIC_CHARTS = frozenset({"relations", "perception", "framework", "improvement"})
"""Charts that name no organisation."""


@require_safe
def report_chart(request: HttpRequest, code: str, chart: str) -> FileResponse:
    """A chart of the report as SVG, in the reader's language."""
    programme = (
        programme_for(request, code) if chart in PUBLIC_CHARTS else _with_records(request, code)
    )
    return _private_file(_names(programme).get("charts", {}).get(chart), "image/svg+xml")
