"""Now: what is expected of me, in order of time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from benchmarks.models import Programme
from core.deeds import deeds_of


@login_required
def now(request: HttpRequest) -> HttpResponse:
    """The start page of everyone who is signed in."""
    context = {
        "deeds": deeds_of(request.user, timezone.localdate()),
        "programmes": Programme.objects.visible_to(request.user),
    }
    return render(request, "website/now.html", context)
