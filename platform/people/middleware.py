"""Who is signed in: their language, and whose deeds it are."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from core.audit import acting
from people.entrance import SEEN
from people.factors import lacks_factor

logger = logging.getLogger(__name__)
NOTED_EVERY = 5 * 60
"""Seconds between two notes that somebody is still there."""
REFUSED = (403, 404)
KNOWN = frozenset(code for code, _name in settings.LANGUAGES)


class ActingMiddleware:
    """Who is signed in is whose deeds the audit log tells of, also where a library acts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(request.user):
            return self.get_response(request)


class IdleMiddleware:
    """A session in which nothing was done for long is over; a page that asks by itself keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        now = timezone.now().timestamp()
        idle = now - request.session.get(SEEN, 0) if SEEN in request.session else None
        if idle is not None and idle > settings.SESSION_IDLE_MINUTES * 60:
            logout(request)
        elif idle is None or idle > NOTED_EVERY:
            request.session[SEEN] = int(now)


class PrivatePagesMiddleware:
    """What somebody who is signed in gets is kept by no browser and no proxy, unless a page says
    otherwise; and where they may not go is in the log, by number and without the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.user.is_authenticated:
            return response
        response.headers.setdefault("Cache-Control", "no-store, private")
        if response.status_code in REFUSED:
            match = request.resolver_match
            where = match.view_name if match else "nowhere"
            told = (request.user.pk, where, response.status_code)
            logger.info("Account %s was refused at %s (%s).", *told)
        return response


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
