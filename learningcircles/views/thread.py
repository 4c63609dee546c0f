"""How did this come about? One chain, as a picture and as a list."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from learningcircles.drawing import picture_of
from learningcircles.thread import gaps_in_words, models_for, thread_of
from learningcircles.views.common import page


@login_required
@require_safe
def thread(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """From any figure, reading, signal, topic, action or practice that this person sees."""
    seen = models_for(request.user)
    if kind not in seen:
        raise Http404
    record = get_object_or_404(seen[kind], pk=pk)
    found = thread_of(kind, record, request.user)
    context = {
        "record": record,
        "thread": found,
        "picture": picture_of(found),
        "gaps": gaps_in_words(found),
    }
    return page(request, "thread", context)
