"""Participation: who is in, and how seriously."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchmarks.models import Cycle, Participation, Programme
from benchmarks.queries import (
    involved_and_known,
    participations_in,
    present_round,
    same_organisation_elsewhen,
)
from benchmarks.rows import participation_rows
from benchmarks.rules import knows_contacts
from core.audit import Deed, record


def _round(programme: Programme, name: str) -> Cycle:
    """The round that was asked for by name, else the present one."""
    if name:
        return get_object_or_404(programme.cycles, name=name)
    cycle = present_round(programme, timezone.localdate())
    if cycle is None:
        raise Http404
    return cycle


def _may_see_contacts(user: Any, programme: Programme) -> bool:
    return user.is_superuser or knows_contacts(user, programme)


@login_required
@require_safe
def participation_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who takes part in a round, and what is known of support and involvement."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), code=code)
    cycle = _round(programme, request.GET.get("round", ""))
    context = {
        "programme": programme,
        "cycle": cycle,
        "rounds": programme.cycles.order_by("-starts_on"),
        "rows": participation_rows(participations_in(cycle, request.user)),
        "show_contacts": _may_see_contacts(request.user, programme),
    }
    if context["show_contacts"]:
        record(Deed.PEOPLE_SEEN, cycle, by=request.user, scope=programme)
    return render(request, "benchmarks/participation_list.html", context)


@login_required
@require_safe
def participation(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One organisation in one round: why, who decided, involved in what, and who to call."""
    ours = Participation.objects.visible_to(request.user).select_related(
        "organisation", "cycle__programme"
    )
    row = get_object_or_404(ours, pk=pk, cycle__programme__code=code)
    involvements = list(row.involvements.all())
    involved, known = involved_and_known(involvements)
    context = {
        "programme": row.cycle.programme,
        "participation": row,
        "involvements": involvements,
        "involved": involved,
        "known": known,
        "members": row.organisation.members.order_by("name"),
        "contacts": row.contacts.select_related("user").order_by("user__name"),
        "show_contacts": _may_see_contacts(request.user, row.cycle.programme)
        or row.organisation.memberships.filter(user=request.user, left_on=None).exists(),
        "elsewhen": same_organisation_elsewhen(row, request.user),
    }
    if context["show_contacts"]:
        record(Deed.PEOPLE_SEEN, row, by=request.user, scope=row.cycle.programme)
    return render(request, "benchmarks/participation.html", context)
