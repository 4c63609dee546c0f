"""The policy of the site and of Wagtail's admin, and domain errors as pages."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware as DjangoPolicy
from django.shortcuts import render
from django.utils.csp import LazyNonce

from core.exceptions import DomainError
from website.cms import nonce_in_widgets

CMS = "/cms/"


class ContentSecurityPolicyMiddleware(DjangoPolicy):
    """Django's policy; under /cms/ the looser one that Wagtail's editor needs."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(CMS):
            return cast(HttpResponse, super().__call__(request))
        request._csp_nonce = nonce = LazyNonce()  # type: ignore[attr-defined]
        with nonce_in_widgets(nonce):
            response: Any = self.get_response(request)
        return self.process_response(request, response)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(CMS):
            response._csp_config = settings.ADMIN_CSP  # type: ignore[attr-defined]
        return super().process_response(request, response)


class DomainErrorMiddleware:
    """A DomainError that a view let through becomes a page in the user's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show what can't be done and why, with the status that the error names."""
        if not isinstance(error, DomainError):
            return None
        context = {"message": error.message, "status": error.status.value}
        return render(request, "errors/domain.html", context, status=error.status)
