"""What the pages of the report share: fetching as the permission check, and the way back up."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benchmarks.models import Programme
from evaluation.domain.judged import judged_result
from evaluation.models import Run
from evaluation.models.runs import reports_open_to
from evaluation.report.build import build_document, programme_name
from evaluation.report.document import Document
from evaluation.report.readers import EVALUATOR
from evaluation.rules import may


def programme_for(request: HttpRequest, code: str) -> Programme:
    """The programme, if this person may read its report; a stranger gets 404."""
    return get_object_or_404(reports_open_to(request.user), code=code)


def document_for(
    request: HttpRequest, programme: Programme, run: Run, *, reader: str = EVALUATOR
) -> Document:
    """The report as this person may read it."""
    sees = may(request.user, "evaluation.see_records", programme)
    return build_document(programme, judged_result(run), names_organisations=sees, reader=reader)


def crumbs(request: HttpRequest, programme: Programme, *deeper: tuple[str, str]) -> list[Any]:
    """The way back up: to the programme for who may open it, to the home page for a visitor."""
    known = request.user.is_authenticated and (
        Programme.objects.visible_to(request.user).filter(pk=programme.pk).exists()
    )
    top = (
        (programme_name(programme), reverse("programme", args=[programme.code]))
        if known
        else (_("Home"), "/")
    )
    return [top, *deeper]


def page(request: HttpRequest, template: str, programme: Programme, **context: Any) -> HttpResponse:
    """A page of a programme; `programme` puts the mark of a study or an example on it."""
    return render(request, template, {"programme": programme, **context})
