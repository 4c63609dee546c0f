"""Pages whose words belong to the software: about and privacy."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Benchlearn is, who made the studies it shows, and under which licence it is."""
    return render(request, "website/pages/about.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored about whom, for how long, and who sees it."""
    context = {"minimum_group": settings.MINIMUM_GROUP}
    return render(request, "website/pages/privacy.html", context)
