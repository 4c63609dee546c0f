"""One address: a decision that writes three mails and answers when it is committed."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from core.outbox import queue_mail


def decide(request: HttpRequest, number: int) -> HttpResponse:
    with transaction.atomic():
        for part in range(3):
            queue_mail(
                to=f"person{number}-{part}@example.org",
                subject="Uitnodiging",
                body="Dag",
                reference=f"decision:{number}",
                dedupe_key=f"{number}:{part}",
            )
    return HttpResponse("committed")


urlpatterns = [path("decide/<int:number>/", decide)]
