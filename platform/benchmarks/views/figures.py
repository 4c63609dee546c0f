"""Figures: where do we stand, and one indicator in full."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchmarks.charts import draw_strip, draw_trend
from benchmarks.enums import GroupKind
from benchmarks.forms.figures import GroupForm, StatusForm
from benchmarks.grouping import group_of_each
from benchmarks.models import ChosenGroup, Figure
from benchmarks.queries import organisations_shown, other_figures
from benchmarks.rules import is_coordinator
from benchmarks.sharing import is_shared, participants_of
from benchmarks.shown import counts_by_organisation, our_figures_of
from benchmarks.supplying import newest_to_enter
from benchmarks.told import told_of
from benchmarks.trend import TrendPoint, trend_of
from benchmarks.views.common import (
    crumbs,
    group_kind,
    groups_offered,
    organisation_shown,
    own_organisation,
    own_organisations,
    programme_for,
)
from benchmarks.wording import beside_group, how_judged
from core.exceptions import NotNow
from people.enums import Role


@login_required
@require_safe
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """Whose figures to look at; straight to the own ones where there is nothing to choose."""
    programme = programme_for(request, code)
    organisations = list(organisations_shown(request.user, programme))
    runs = is_coordinator(request.user, programme)
    if not organisations and not runs:
        raise Http404
    if len(organisations) == 1 and not runs:
        return redirect("our_figures", code, organisations[0].code)
    context = {
        "programme": programme,
        "crumbs": crumbs(programme),
        "rows": counts_by_organisation(programme, organisations),
        "runs": runs,
        "shared": is_shared(programme),
    }
    return render(request, "benchmarks/figures.html", context)


@login_required
@require_safe
def our_figures(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """Where do we stand: few indicators that stand out, then all of them."""
    programme = programme_for(request, code)
    shown = organisation_shown(request, programme, organisation)
    kind = group_kind(request)
    context = {
        "programme": programme,
        "organisation": shown,
        "crumbs": crumbs(programme, shown)[:2],
        "page": our_figures_of(request.user, programme, shown, kind),
        "kind": kind,
        "kinds": groups_offered(programme, shown),
        "shared": is_shared(programme),
        "own": own_organisations(request.user, programme).filter(pk=shown.pk).exists(),
        "enter": newest_to_enter(programme),
    }
    return render(request, "benchmarks/our_figures.html", context)


@login_required
@require_safe
def indicator(request: HttpRequest, code: str, organisation: str, indicator: str) -> HttpResponse:
    """One indicator of one organisation: trend, place in the group, definition, what was said."""
    programme = programme_for(request, code)
    shown = organisation_shown(request, programme, organisation)
    measured = get_object_or_404(programme.indicators, code=indicator)
    kind = group_kind(request)
    points = trend_of(programme, shown, measured, kind=kind)
    newest = next((point for point in reversed(points) if point.figure), None)
    context = {
        "programme": programme,
        "organisation": shown,
        "crumbs": crumbs(programme, shown),
        "indicator": measured,
        "definitions": list(measured.definitions.all()),
        "points": points,
        "trend": draw_trend(points),
        "newest": newest,
        "kind": kind,
        "kinds": groups_offered(programme, shown),
        "shared": is_shared(programme),
        "told": told_of(request.user, shown, [measured.pk]).get(measured.pk, []),
        "runs": is_coordinator(request.user, programme),
        **_beside(request.user, programme, newest, kind),
        **_judging(request, programme, shown),
    }
    return render(request, "benchmarks/indicator.html", context)


def _beside(
    user: Any, programme: Any, newest: TrendPoint | None, kind: GroupKind
) -> dict[str, Any]:
    """The place in the group of the newest figure, and the others as far as they may be seen."""
    if newest is None or newest.figure is None:
        return {"strip": None, "others": [], "group_words": "", "rule": ""}
    groups = group_of_each(programme, [newest.figure.organisation_id], kind)
    others = other_figures(user, newest.figure, groups)
    better = newest.figure.definition.better
    return {
        "strip": draw_strip(newest, [float(other.value) for other in others]),
        "others": others,
        "group_words": "" if newest.disputed else beside_group(newest.group, better, kind),
        "rule": how_judged(newest.group),
    }


def _judging(request: HttpRequest, programme: Any, organisation: Any) -> dict[str, Any]:
    """The form to say what one thinks of a figure, for who runs the programme and whose it is."""
    runs = is_coordinator(request.user, programme)
    own = own_organisations(request.user, programme).filter(pk=organisation.pk).exists()
    acts = own_organisations(request.user, programme, Role.PARTICIPANT, Role.MANAGEMENT)
    return {
        "status_form": StatusForm(may_check=runs) if runs or own else None,
        "acts": acts.filter(pk=organisation.pk).exists(),
    }


@login_required
@require_POST
def figure_status(
    request: HttpRequest, code: str, organisation: str, indicator: str, period: str
) -> HttpResponse:
    """Call a figure checked or disputed."""
    programme = programme_for(request, code)
    shown = organisation_shown(request, programme, organisation)
    runs = is_coordinator(request.user, programme)
    if not runs:
        own_organisation(request, programme, organisation)
    figure = get_object_or_404(
        Figure.objects.visible_to(request.user),
        indicator__programme=programme,
        indicator__code=indicator,
        organisation=shown,
        period=period,
    )
    form = StatusForm(request.POST, may_check=runs)
    if form.is_valid():
        form.save(figure, by=request.user)
        messages.success(request, _("The status of the figure is kept."))
    return redirect("indicator", code, organisation, indicator)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reference_group(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """Choose whom to compare with, once figures are shared."""
    programme = programme_for(request, code)
    own = own_organisation(request, programme, organisation)
    shared = is_shared(programme)
    others = participants_of(programme).exclude(pk=own.pk)
    chosen = ChosenGroup.objects.filter(programme=programme, organisation=own).first()
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        others=others if shared else others.none(),
        initial={"others": chosen.others.all()} if chosen else {},
    )
    if request.method == "POST" and not shared:
        raise NotNow(_("You can choose once all participants have agreed to share their figures."))
    if form.is_valid():
        form.save(programme, own)
        url = reverse("our_figures", args=[code, organisation])
        return redirect(f"{url}?group={GroupKind.CHOSEN}")
    context = {
        "programme": programme,
        "organisation": own,
        "crumbs": crumbs(programme, own),
        "form": form,
        "shared": shared,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "benchmarks/reference_group.html", context, status=status)
