"""The reference of the API, and errors: as problems under /api/, as pages elsewhere."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from config.api import api
from config.reference import read_operations
from core.api.problems import problem
from people.scopes import known_scopes
from website.views import errors

UNDER = "/api/"


@require_safe
def api_openapi(request: HttpRequest) -> JsonResponse:
    """The OpenAPI document, in English."""
    with override("en"):
        response = JsonResponse(api.get_openapi_schema(), json_dumps_params={"indent": 2})
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def api_reference(request: HttpRequest) -> HttpResponse:
    """What can be asked, and how. Made of the OpenAPI document, without any script."""
    document = api.get_openapi_schema()
    context = {
        "operations": read_operations(document),
        "scopes": known_scopes(),
        "base": settings.BASE_URL,
        "most": settings.API_REQUESTS_A_MINUTE,
    }
    return render(request, "config/api_reference.html", context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(UNDER):
        return errors.bad_request(request, exception)
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return problem(status, _("What was sent can't be read."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(UNDER):
        return errors.forbidden(request, exception)
    return problem(403, _("This is not open to you."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(UNDER):
        return errors.not_found(request, exception)
    return problem(404, _("The API has no such address."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Something of ours failed, and stands in the log."""
    if not request.path.startswith(UNDER):
        return errors.server_error(request)
    return problem(500, "Something of ours failed. It was noted; try again later.")
