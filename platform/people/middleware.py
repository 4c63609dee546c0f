"""Who is signed in: their language, and whose deeds it are."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from core.audit import acting
from people.factors import lacks_factor

KNOWN = frozenset(code for code, _name in settings.LANGUAGES)


class ActingMiddleware:
    """Who is signed in is whose deeds the audit log tells of, also where a library acts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(request.user):
            return self.get_response(request)


class SecondFactorMiddleware:
    """Who must have a second factor and has none comes no further than setting one up.

    The lane of surveys stands before this: respondents sign in nowhere.
    """

    OPEN = frozenset({"account_logout", "set_language", "account_reauthenticate", "privacy"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the address through."""
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        name = (match.url_name if match else None) or ""
        if name in self.OPEN or name.startswith(("mfa_", "health_")):
            return None
        if lacks_factor(request.user, today=timezone.localdate()):
            return redirect("mfa_index")
        return None


class AccountLanguageMiddleware:
    """Who is signed in gets the language of the account; others what cookie and browser say."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language in KNOWN:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
