"""The analysis plan of a round: what will be looked at, and what counts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from benchmarks.models import Cycle, Programme
from core.exceptions import InvalidInput
from evaluation.domain.plans import (
    Plan,
    fix_plan,
    meanings_of,
    plan_of,
    would_be_afterwards,
)
from evaluation.models import AnalysisPlan
from evaluation.plan_forms import PlanForm, initial_of
from evaluation.report.plan_words import plan_in_words
from evaluation.rules import may
from evaluation.views.common import crumbs, page, programme_for
from evaluation.views.report import maker


def _cycle(request: HttpRequest, programme: Programme) -> tuple[Cycle, list[Cycle]]:
    """The round that is asked for, or the newest; and all of them, newest first."""
    cycles = list(programme.cycles.order_by("-starts_on", "-pk"))
    wanted = request.GET.get("cycle", "")
    found = [each for each in cycles if not wanted or str(each.pk) == wanted]
    if not found:
        raise Http404
    return found[0], cycles


@require_safe
def analysis_plan(request: HttpRequest, code: str) -> HttpResponse:
    """The plan that holds for a round, and the versions before it."""
    programme = programme_for(request, code)
    cycle, cycles = _cycle(request, programme)
    versions = list(AnalysisPlan.objects.filter(cycle=cycle).select_related("fixed_by"))
    version = request.GET.get("version", "")
    chosen = next((each for each in versions if str(each.version) == version), None)
    if version and chosen is None:
        raise Http404
    plan = _plan(chosen) if chosen else plan_of(programme, cycle)
    context = {
        "cycle": cycle,
        "cycles": cycles,
        "plan": plan,
        "told": plan_in_words(plan, meanings_of(programme)),
        "versions": versions,
        "may_fix": may(request.user, "evaluation.make_report", programme),
        "names": may(request.user, "evaluation.judge", programme),
        "crumbs": _up(request, programme),
    }
    return page(request, "evaluation/plan.html", programme, **context)


def _plan(version: AnalysisPlan) -> Plan:
    day = version.fixed_on.isoformat()
    return Plan(version.document, version.version, day, version.afterwards)


@login_required
def analysis_plan_new(request: HttpRequest, code: str) -> HttpResponse:
    """Fix another version of the plan."""
    programme = maker(request, code)
    cycle, _cycles = _cycle(request, programme)
    known = meanings_of(programme)
    start = initial_of(plan_of(programme, cycle).document, known)
    form = PlanForm(request.POST or None, known=known, initial=start)
    if request.method == "POST" and form.is_valid() and _fixed(request, cycle, form):
        address = reverse("analysis_plan", args=[programme.code])
        return redirect(f"{address}?cycle={cycle.pk}")
    context = {
        "cycle": cycle,
        "form": form,
        "afterwards": would_be_afterwards(cycle, list(known)),
        "crumbs": _up(request, programme, deeper=True),
    }
    return page(request, "evaluation/plan_new.html", programme, **context)


def _fixed(request: HttpRequest, cycle: Cycle, form: PlanForm) -> bool:
    """Fix the plan; what can't be is said at the form."""
    try:
        plan = fix_plan(cycle, form.document(), actor=request.user)
    except InvalidInput as error:
        form.add_error(None, str(error.message))
        return False
    said = (
        _("Plan %(version)s is fixed. Figures were there already, and it says so.")
        if plan.afterwards
        else _("Plan %(version)s is fixed, before the figures are there.")
    )
    messages.success(request, said % {"version": plan.version})
    return True


def _up(request: HttpRequest, programme: Programme, *, deeper: bool = False) -> list[Any]:
    way = [(_("Report"), reverse("report", args=[programme.code]))]
    if deeper:
        way.append((_("Analysis plan"), reverse("analysis_plan", args=[programme.code])))
    return crumbs(request, programme, *way)
