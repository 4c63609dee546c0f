"""Who is asking, behind a proxy: the address that our own proxy saw, not the proxy's.

Lock-out and rate limits count by address. Without this, everybody behind the proxy would be one.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse


class ClientAddress:
    """Takes the address from X-Forwarded-For: as many from its end as there are proxies of ours.

    What stands before those the visitor may have written themselves, so it is never read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PROXIES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(told) >= settings.PROXIES and (address := told[-settings.PROXIES].strip()):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)
