"""The address to which a mail service tells that a mail came back (its "tracking webhook")."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt  # the service signs what it sends, or gives the secret of BENCHLEARN_BOUNCE_SECRET
def mail_bounced(request: HttpRequest) -> HttpResponse:
    """Hand the request to django-anymail's view for the service that the installation uses."""
    if not settings.BOUNCE_SERVICE or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404
    try:
        found = resolve(f"/{settings.BOUNCE_SERVICE}/tracking/", urlconf="anymail.urls")
    except Resolver404 as error:
        raise Http404 from error
    return found.func(request, *found.args, **found.kwargs)
