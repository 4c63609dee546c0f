"""A file of figures: checked on one page, confirmed on the next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from benchmarks.domain.figures import confirm_import
from benchmarks.forms.figures import FigureFileForm
from benchmarks.models import FigureImport, Programme
from benchmarks.sharing import sees_each
from benchmarks.views.common import crumbs, programme_run_by
from core.csvfiles import InvalidFile
from core.exceptions import NotNow

SHOWN = 50


def importing(request: HttpRequest, code: str) -> Programme:
    """A programme that this person coordinates, if the charter lets coordinators see its figures:
    what is striking in a file can't be told without them."""
    programme = programme_run_by(request, code)
    if not sees_each(request.user, programme):
        raise NotNow(_("The charter keeps figures to the organisations: they enter their own."))
    return programme


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def figure_import(request: HttpRequest, code: str) -> HttpResponse:
    """Upload a file; what is wrong with it is said by row and column, and nothing is kept."""
    programme = importing(request, code)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FigureFileForm(*posted)
    errors: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("figure_import_check", code, form.save(programme, by=request.user).pk)
        except InvalidFile as error:
            errors = error.errors
    context = {
        "programme": programme,
        "crumbs": crumbs(programme),
        "form": form,
        "errors": errors[:SHOWN],
        "more": max(0, len(errors) - SHOWN),
        "earlier": FigureImport.objects.visible_to(request.user)
        .filter(programme=programme)
        .select_related("uploaded_by")[:10],
        "codes": programme.indicators.values_list("code", flat=True),
    }
    status = 422 if errors or form.errors else 200
    return render(request, "benchmarks/figure_import.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def figure_import_check(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What the file holds and what is striking in it; stored on somebody's word."""
    programme = importing(request, code)
    row = get_object_or_404(
        FigureImport.objects.visible_to(request.user), programme=programme, pk=pk
    )
    if request.method == "POST":
        confirm_import(row, by=request.user)
        return redirect("figure_import_check", code, pk)
    warnings: list[Any] = row.warnings
    context = {
        "programme": programme,
        "crumbs": [*crumbs(programme), (_("Take figures over from a file"), _url(code))],
        "row": row,
        "warnings": warnings[:SHOWN],
        "more": max(0, len(warnings) - SHOWN),
    }
    return render(request, "benchmarks/figure_import_check.html", context)


def _url(code: str) -> str:
    return reverse("figure_import", args=[code])
