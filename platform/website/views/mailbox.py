"""The mailbox of the demonstration: whoever tries it out can follow an invitation."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from website.mailbox import read_mail, read_mails


def _folder() -> Path:
    """Where mails are files; anywhere else this page does not exist."""
    if settings.DEMO_MAILBOX is None:
        raise Http404
    return Path(settings.DEMO_MAILBOX)


@never_cache
@require_safe
def demo_mails(request: HttpRequest) -> HttpResponse:
    """All mails of the demonstration, newest first."""
    return render(request, "website/demo_mails.html", {"mails": read_mails(_folder())})


@never_cache
@require_safe
def demo_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, with links that can be followed."""
    mail = read_mail(_folder(), name)
    if mail is None:
        raise Http404
    return render(request, "website/demo_mail.html", {"mail": mail})
