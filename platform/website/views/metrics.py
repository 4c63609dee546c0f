"""The page that Prometheus reads: for who has the token, and for nobody else there at all."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.metrics import page


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers about the installation, of which none is about a person (docs/operations.md)."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not constant_time_compare(given, token):
        raise Http404
    content, kind = page()
    return HttpResponse(content, content_type=kind)
