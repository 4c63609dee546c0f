"""Five pages: start, two pages of statements, summary, thanks."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

from surveys.content import EFFECT, LEARNING
from tests.benchmarks.floor.models import Respondent, Row

CHOICES = [
    (1, "strongly disagree"),
    (2, "disagree"),
    (3, "neutral"),
    (4, "agree"),
    (5, "strongly agree"),
]
PAGES = [[item for item in block.items if item.kind == "statement"] for block in (LEARNING, EFFECT)]


def start(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "start.html", {"token": token})


def page(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Show a page; a posted one leads on, its answers carried along in hidden fields."""
    carried = [(name, value) for name, value in request.POST.items()]
    if number > len(PAGES):
        return render(request, "summary.html", {"token": token, "carried": carried})
    context = {
        "token": token,
        "number": number,
        "next": number + 1,
        "statements": PAGES[number - 1],
        "choices": CHOICES,
        "carried": carried,
    }
    return render(request, "page.html", context)


def submit(request: HttpRequest, token: str) -> HttpResponse:
    with transaction.atomic():
        respondent = Respondent.objects.create(token=token)
        Row.objects.bulk_create(
            Row(respondent=respondent, statement=name, value=int(value))
            for name, value in request.POST.items()
        )
    return HttpResponseRedirect(f"/f/{token}/thanks/")


def thanks(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "thanks.html", {"token": token})


urlpatterns = [
    path("f/<str:token>/", start),
    path("f/<str:token>/<int:number>/", page),
    path("f/<str:token>/submit/", submit),
    path("f/<str:token>/thanks/", thanks),
]
