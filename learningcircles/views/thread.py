"""How did this come about? One chain, as a picture and as a list."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from benchmarks.models import Programme
from learningcircles.drawing import picture_of
from learningcircles.thread import KINDS, models_for, thread_of
from learningcircles.views.common import page

PROGRAMME_OF: dict[str, Callable[[Any], Programme]] = {
    "figure": lambda row: row.indicator.programme,
    "reading": lambda row: row.session.programme,
    "signal": lambda row: row.session.programme,
    "topic": lambda row: row.circle.programme,
    "action": lambda row: row.programme,
    "practice": lambda row: row.programme,
}


@login_required
@require_safe
def thread(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """From any figure, reading, signal, topic, action or practice that this person sees."""
    seen = models_for(request.user)
    if kind not in seen:
        raise Http404
    record = get_object_or_404(seen[kind], pk=pk)
    found = thread_of(kind, record, request.user)
    programme = PROGRAMME_OF[kind](record)
    context = {
        "programme": programme,
        "crumbs": [(programme, reverse("programme", args=[programme.code]))],
        "asked": f"{KINDS[kind]}: {found.asked.text}",
        "thread": found,
        "picture": picture_of(found),
    }
    return page(request, "thread", context)
