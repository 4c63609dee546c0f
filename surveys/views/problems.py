"""What can't be done, on a survey page: said clearly, with what to do instead."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.rendering import render_page

ADVICE = {
    HTTPStatus.NOT_FOUND: _(
        "Check whether the whole link was copied from the mail, to its very last character."
    ),
    HTTPStatus.GONE: _("Did you submit before? Then your answers count. There is nothing to do."),
    HTTPStatus.CONFLICT: _("What you gave before is safe."),
    HTTPStatus.TOO_MANY_REQUESTS: _("Nothing was lost. Wait a minute and load the page again."),
    HTTPStatus.BAD_REQUEST: _("Nothing of it was kept. Go back and try again."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("Nothing of it was kept. Go back and make it shorter."),
}


def show_problem(
    request: HttpRequest,
    message: str | Promise,
    status: HTTPStatus,
    error: Exception | None = None,
) -> HttpResponse:
    """The page of a problem, or one line of JSON for the script that saves answers."""
    if request.headers.get("Accept") == "application/json":
        return _with_patience(JsonResponse({"message": str(message)}, status=status))
    context: dict[str, Any] = {
        "message": message,
        "advice": ADVICE.get(status, ""),
        "way_on": getattr(error, "way_on", ""),
        "has_gone": status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
    }
    return _with_patience(render_page("surveys/answering/problem.html", context, status=status))


def _with_patience(response: HttpResponse) -> HttpResponse:
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = "60"
    return response
