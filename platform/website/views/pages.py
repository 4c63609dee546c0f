"""Pages whose words belong to the software: about and privacy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def about(request: HttpRequest) -> HttpResponse:
    """What Benchlearn is, who made the studies it shows, and under which licence it is."""
    return render(request, "website/pages/about.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored about whom, for how long, and who sees it."""
    return render(request, "website/pages/privacy.html")
