"""Names that still stand where people typed them: the page of who runs the programme."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from benchmarks.models import Outcome, StandingName
from benchmarks.views.common import crumbs, programme_run_by
from config.privacy.standing import settle, standing_of

A_PAGE = 25


@login_required
@require_safe
def standing_names(request: HttpRequest, code: str) -> HttpResponse:
    """Where does the name of somebody who was erased still stand?"""
    programme = programme_run_by(request, code)
    mine = StandingName.objects.visible_to(request.user).filter(programme=programme)
    rows = mine.open().select_related("record_type", "programme")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "crumbs": crumbs(programme),
        "page": page,
        "lines": standing_of(page, request.user),
    }
    return render(request, "privacy/standing_names.html", context)


@login_required
@require_POST
def standing_name_settle(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take it out, or let it stay."""
    programme = programme_run_by(request, code)
    mine = StandingName.objects.visible_to(request.user)
    row = get_object_or_404(mine, programme=programme, pk=pk)
    takes_out = request.POST.get("outcome") == Outcome.TAKEN_OUT
    settle(row, outcome=Outcome.TAKEN_OUT if takes_out else Outcome.STAYS, by=request.user)
    told = _("The name is taken out.") if takes_out else _("Noted: it stays.")
    messages.success(request, told)
    return redirect("standing_names", code)
