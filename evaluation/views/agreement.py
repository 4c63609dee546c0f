"""Do coders who read the same see the same?"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from benchmarks.models import Programme
from core.models import LeasedState
from evaluation.domain.agreement_counts import request_agreement
from evaluation.models import AgreementCount
from evaluation.views.common import crumbs, page
from people.enums import Role
from surveys.evidence import coded_variables, codings_mark

ROLES = (Role.COORDINATOR, Role.FACILITATOR, Role.EVALUATOR)


def _programme(request: HttpRequest, code: str) -> Programme:
    mine = Programme.objects.with_role(request.user, *ROLES)
    return get_object_or_404(mine, code=code)


@login_required
@require_safe
def agreement(request: HttpRequest, code: str) -> HttpResponse:
    """The agreement on each variable, as a worker measured it."""
    programme = _programme(request, code)
    row = AgreementCount.objects.filter(programme=programme).first()
    specs = {spec.code: spec for spec in coded_variables(programme.pk)}
    rows = [
        {"spec": specs[found["variable"]], **found}
        for found in (row.result if row else [])
        if found["variable"] in specs
    ]
    context: dict[str, Any] = {
        "row": row,
        "rows": rows,
        "is_waiting": row and row.state in (LeasedState.WAITING, LeasedState.RUNNING),
        "is_stale": row and row.finished_at and row.mark != codings_mark(programme.pk),
        "crumbs": crumbs(request, programme),
    }
    return page(request, "evaluation/agreement.html", programme, **context)


@login_required
@require_POST
def agreement_measure(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a worker to measure it."""
    request_agreement(_programme(request, code))
    return redirect("agreement", code=code)
