"""The policy of the site and of Wagtail's admin, and domain errors as pages."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware as DjangoPolicy
from django.shortcuts import redirect, render
from django.utils.csp import CSP, LazyNonce

from core.exceptions import DomainError
from website.cms import front_door, is_open_to, nonce_in_widgets

CMS = "/cms/"


class ContentSecurityPolicyMiddleware(DjangoPolicy):
    """Django's policy; under /cms/ the looser one that Wagtail's editor needs.

    A preview is a page of the site that went through these middlewares before, as Wagtail makes it:
    it has the site's policy already, and may stand in a frame of the editor.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(CMS):
            return cast(HttpResponse, super().__call__(request))
        request._csp_nonce = nonce = LazyNonce()  # type: ignore[attr-defined]
        with nonce_in_widgets(nonce):
            response: Any = self.get_response(request)
        return self.process_response(request, response)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(CMS):
            is_preview = CSP.HEADER_ENFORCE in response
            policy = settings.PREVIEW_CSP if is_preview else settings.ADMIN_CSP
            response._csp_config = policy  # type: ignore[attr-defined]
            del response[CSP.HEADER_ENFORCE]
        return super().process_response(request, response)


class CmsGateMiddleware:
    """Of Wagtail's admin, only the parts that rooms opened are there for who may edit something.

    Wagtail lets anyone with access to its admin see much of it: its home, the tree of pages,
    reports. For a coordinator those don't exist, and its home is the list they came for.
    """

    OPEN = {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_sprite"}
    OPEN_TOO = {"wagtailadmin_javascript_catalog"}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the address through, to Wagtail's own checks."""
        match = request.resolver_match
        user = request.user
        if not request.path.startswith(CMS) or match is None:
            return None
        if user.is_superuser or not user.has_perm("wagtailadmin.access_admin"):
            return None
        if match.url_name in self.OPEN | self.OPEN_TOO or is_open_to(user, match):
            return None
        if match.url_name == "wagtailadmin_home":
            return redirect(front_door())
        raise Http404


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
