"""Now: what is expected of me, in order of time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchmarks.queries import programmes_of
from benchmarks.rows import programme_rows
from core.deeds import deeds_of
from website.start import doors_of, start_for


@login_required
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The start page of everyone who is signed in."""
    today = timezone.localdate()
    deeds = deeds_of(request.user, today)
    rows = programme_rows(request.user, programmes_of(request.user), today)
    context = {
        "deeds": deeds,
        "overdue": sum(1 for deed in deeds if deed.due and deed.due < today),
        "programmes": [(row, doors_of(row)) for row in rows],
        "start": start_for(request.user, rows),
    }
    return render(request, "website/now.html", context)
