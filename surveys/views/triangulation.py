"""Survey and interviews side by side, with the thresholds in the open."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme
from benchmarks.rules import holds
from people.confirming import confirmed
from people.enums import Role
from surveys.domain.thresholds import set_thresholds
from surveys.forms.thresholds import ThresholdsForm
from surveys.triangulating import cycles_to_compare, newest_with_both, thresholds_of, triangulate
from surveys.views.codebooks import CODING_ROLES, coding_frame
from surveys.views.common import programme_read_by, saved

MAY_SET = (Role.COORDINATOR, Role.EVALUATOR)


def _programme(request: HttpRequest, code: str) -> Programme:
    """One's own programme, or a published study with a report for everyone; else 404."""
    mine = Programme.objects.with_role(request.user, *CODING_ROLES)
    published = Programme.objects.filter(kind=ProgrammeKind.STUDY, has_public_report=True)
    found = mine.filter(code=code).first()
    return found or get_object_or_404(published, code=code)


@require_safe
def triangulation(request: HttpRequest, code: str) -> HttpResponse:
    """Do the survey and the interviews tell the same?"""
    programme = _programme(request, code)
    return _page(request, programme, _form(programme))


@login_required
@require_POST
@confirmed
def triangulation_thresholds(request: HttpRequest, code: str) -> HttpResponse:
    """Set from which mean on something counts as moderate, and as sufficient."""
    programme = programme_read_by(request, code)
    form = ThresholdsForm(request.POST)
    if saved(form, lambda: set_thresholds(programme, by=request.user, **form.cleaned_data)) is None:
        return _page(request, programme, form, status=400)
    messages.success(request, _("The thresholds are set."))
    return redirect("triangulation", code=code)


def _form(programme: Programme) -> forms.Form:
    now = thresholds_of(programme)
    return ThresholdsForm(
        initial={"moderate_from": now.moderate_from, "sufficient_from": now.sufficient_from}
    )


def _page(
    request: HttpRequest, programme: Programme, form: forms.Form, status: int = 200
) -> HttpResponse:
    cycles = cycles_to_compare(programme)
    wanted = request.GET.get("round", "")
    cycle = next((each for each in cycles if each.name == wanted), newest_with_both(cycles))
    context: dict[str, Any] = coding_frame(programme) | {
        "cycles": cycles,
        "found": triangulate(cycle) if cycle else None,
        "form": form,
        "thresholds": thresholds_of(programme),
        "sets": holds(request.user, programme, *MAY_SET),
        "sees_records": holds(request.user, programme, *CODING_ROLES),
    }
    if not context["sees_records"]:
        context["crumbs"] = [(_("Home"), "/")]
    return render(request, "surveys/coding/triangulation.html", context, status=status)
