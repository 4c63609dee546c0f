"""The page of a programme: its round, and the parts that one may open."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from benchmarks.models import Programme
from core.deeds import sections_of


@login_required
@require_safe
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Where the round stands, and where to go from here."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), code=code)
    context = {
        "programme": programme,
        "cycle": programme.cycles.last(),
        "sections": sections_of(request.user, programme),
    }
    return render(request, "benchmarks/programme.html", context)
