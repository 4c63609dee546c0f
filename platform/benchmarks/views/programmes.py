"""Programmes: the list of one's own, and the page of one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchmarks.models import Programme
from benchmarks.queries import present_round, programmes_of, roles_in_programmes, rounds_of
from benchmarks.rows import programme_rows, role_words
from core.deeds import sections_of


@login_required
@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """The benchmarks that one is in, each with its round and one's roles."""
    rows = programme_rows(request.user, programmes_of(request.user), timezone.localdate())
    return render(request, "benchmarks/programme_list.html", {"rows": rows})


@login_required
@require_safe
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Does the round run: the phases against time, and where to go from here."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), code=code)
    context = {
        "programme": programme,
        "cycle": present_round(programme, timezone.localdate()),
        "rounds": rounds_of(programme),
        "roles": role_words(roles_in_programmes(request.user).get(programme.pk, set())),
        "sections": sections_of(request.user, programme),
    }
    return render(request, "benchmarks/programme.html", context)
