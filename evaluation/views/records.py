"""From a number to its records, and where a study and Benchlearn differ."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme
from evaluation.domain.runs import report_of
from evaluation.domain.study_check import check_study
from evaluation.models import Run
from evaluation.report.reading import Reading
from evaluation.report.records import compared_tables, records_by_organisation
from evaluation.rules import may
from evaluation.views.common import crumbs, document_for, page, programme_for


@require_safe
def report_table(request: HttpRequest, code: str, table: str) -> HttpResponse:
    """One table of the report, with the records it rests on for who may see them."""
    programme = programme_for(request, code)
    run = report_of(programme)
    if run is None:
        raise Http404
    shown = document_for(request, programme, run).tables.get(table)
    if shown is None or not shown.has_page:
        raise Http404
    context = {
        "run": run,
        "table": shown,
        "parts": _parts(request, programme, run, table) if shown.has_records else [],
        "crumbs": _up(request, programme),
    }
    return page(request, "evaluation/report_table.html", programme, **context)


def _parts(request: HttpRequest, programme: Programme, run: Run, table: str) -> list[Any]:
    """For each variable in the table, the records of each organisation."""
    if not may(request.user, "evaluation.see_records", programme):
        return []
    reading = Reading(run.result, programme.kind == ProgrammeKind.STUDY)
    names = [table]
    for row in run.result["relations"]:
        if row["id"] == table:
            names = [row["outcome"], row["condition"]]
    return [records_by_organisation(reading, name) for name in names]


def _up(request: HttpRequest, programme: Programme) -> list[Any]:
    return crumbs(request, programme, (_("Report"), reverse("report", args=[programme.code])))


@require_safe
def study_check(request: HttpRequest, code: str) -> HttpResponse:
    """Where a published study and Benchlearn differ, municipality by municipality."""
    programme = programme_for(request, code)
    if programme.kind != ProgrammeKind.STUDY:
        raise Http404
    checked = check_study(programme)
    return page(
        request,
        "evaluation/study_check.html",
        programme,
        checked=compared_tables(checked),
        differences=sum(len(table.differences) for table in checked),
        crumbs=_up(request, programme),
    )
