"""The lane of the survey pages: everything a personal link needs, and nothing else.

A respondent has no account, no session and no cookie, so the middleware for those has nothing to
do here but costs more time than the page itself (docs/decisions/0101-survey-lane.md). What stands
before the lane in MIDDLEWARE holds for these pages too: secure transport, static files, the
content security policy. The rest of the road is this class.
"""

import gzip
import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils import translation
from django.utils.csp import CSP, build_policy
from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError
from surveys.addresses import OPEN, PREFIX, view_of
from surveys.domain.responses import UnknownLink
from surveys.limits import check_use, slow_down_guessing
from surveys.views.problems import show_problem

MOST_DRAINED = 16 * 1024 * 1024
CHUNK = 64 * 1024
TAKES_GZIP = re.compile(r"\bgzip\b")
WORTH_COMPRESSING = 500
LANGUAGES_KEPT = 256

PRIVATE_HEADERS = {
    # The address is the key: no page that is linked to may learn it, no cache or index keep it.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}


class SurveyLane:
    """Answers /s/... itself, and lets everything else through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # The site's policy, which would be written anew each time.
        policy = build_policy(cast(Mapping[str, Collection[str] | str], settings.SECURE_CSP))
        self.headers = PRIVATE_HEADERS | {str(CSP.HEADER_ENFORCE): policy}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        # Until the link is read, the browser's language; then the view speaks that of the link.
        with translation.override(_language_asked(request)):
            response = self._answer_once_more(request)
            response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        for name, value in self.headers.items():
            response[name] = value
        # Django would write the address of every refused request, and so the link, in its log.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return _compressed(request, response)

    def _answer_once_more(self, request: HttpRequest) -> HttpResponse:
        """The answer; when the connection to the database turns out lost, on a new one.

        Asking beforehand whether the connection holds would be a query more for each request. Here
        only the open link can't be repeated: what else is sent may be sent twice (a browser does
        so too), also when the connection was lost between deciding and hearing of it.
        """
        if request.path_info.startswith(f"{PREFIX}{OPEN}/") or connection.in_atomic_block:
            return self._answer(request)
        connection.health_check_done = True  # type: ignore[attr-defined]
        try:
            return self._answer(request)
        except (OperationalError, InterfaceError):
            if connection.connection is not None and connection.is_usable():
                raise
            connection.close()
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            view, unnamed, named = view_of(request.path_info)
            check_use(named.get("token", ""))
            return view(request, *unnamed, **named)
        except UnknownLink as error:
            told = slow_down_guessing(error)
            return show_problem(request, told.message, told.status, told)
        except DomainError as error:
            return show_problem(request, error.message, error.status, error)
        except Http404:
            return show_problem(request, _("This link is not known."), HTTPStatus.NOT_FOUND)
        except RequestDataTooBig:
            _drain(request)
            message = _("What was sent is too large. A remark holds at most 4,000 characters.")
            return show_problem(request, message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except (SuspiciousOperation, UnreadablePostError):
            message = _("What was sent can't be read.")
            return show_problem(request, message, HTTPStatus.BAD_REQUEST)


def _language_asked(request: HttpRequest) -> str:
    if "HTTP_COOKIE" in request.META:
        return translation.get_language_from_request(request)
    return _language_of(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))


@lru_cache(maxsize=LANGUAGES_KEPT)
def _language_of(accepted: str) -> str:
    """What a browser that accepts these is spoken to in."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return translation.get_language_from_request(request)


def _drain(request: HttpRequest) -> None:
    """Read what is still coming: a browser that is cut off shows its own error, not our page."""
    left = MOST_DRAINED
    while left > 0 and (chunk := request.read(CHUNK)):
        left -= len(chunk)


def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page in a seventh of its size, for whoever can unpack it, in a tenth of a millisecond.

    What compresses secrets together with what an attacker sends in can betray them (BREACH). Here
    the secret is the link, and who can't write it can't make this page: no cookie does it for them.
    """
    response["Vary"] = "Accept-Encoding, Accept-Language"
    asks = request.META.get("HTTP_ACCEPT_ENCODING", "")
    if len(response.content) >= WORTH_COMPRESSING and TAKES_GZIP.search(asks):
        response.content = gzip.compress(response.content, compresslevel=1, mtime=0)
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    return response
