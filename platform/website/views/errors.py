"""Error pages: what happened, why, and what to do. A template 500 that needs no database."""

import errno
import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says when a disk, or somebody's part of it, is full."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent can't be read, or is more than we take."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"errors/{status}.html", status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something of ours failed: the database is away, there is no room for a file, or a mistake.

    No context: it must not fail again on session or database.
    """
    error = sys.exception()
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if isinstance(error, OperationalError | InterfaceError):
        status = HTTPStatus.SERVICE_UNAVAILABLE
    elif isinstance(error, OSError) and error.errno in NO_ROOM:
        status = HTTPStatus.INSUFFICIENT_STORAGE
    page = HttpResponse(get_template(f"errors/{status.value}.html").render(), status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        page["Retry-After"] = "60"
    return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)
