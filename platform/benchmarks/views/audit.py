"""The audit log: who saw or exported personal data, who changed what others rely on."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from benchmarks.audit import entries_visible_to, lines_of
from benchmarks.models import Programme
from benchmarks.rules import may_appoint
from benchmarks.views.common import crumbs, programme_for
from core.audit import Deed

LINES_A_PAGE = 50


def _page(request: HttpRequest, programme: Programme | None) -> HttpResponse:
    entries = entries_visible_to(request.user, programme)
    wanted = request.GET.get("deed", "")
    if wanted in Deed.values:
        entries = entries.filter(verb=wanted)
    page = Paginator(entries, LINES_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "programme": programme,
        "crumbs": crumbs(programme) if programme else [],
        "page": page,
        "lines": lines_of(page),
        "deeds": Deed.choices,
        "wanted": wanted,
    }
    return render(request, "benchmarks/audit.html", context)


@login_required
@require_safe
def audit_log(request: HttpRequest) -> HttpResponse:
    """The log of the installation, for who administers it."""
    if not request.user.is_superuser:
        raise Http404
    return _page(request, None)


@login_required
@require_safe
def programme_audit(request: HttpRequest, code: str) -> HttpResponse:
    """The lines of one programme, for who runs it."""
    programme = programme_for(request, code)
    if not may_appoint(request.user, programme):
        raise Http404
    return _page(request, programme)
