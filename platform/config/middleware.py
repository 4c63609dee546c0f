"""What Django refuses by itself at an address of the API, as a problem too."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from config.views import UNDER
from core.api.problems import problem


class OnlyReadsMiddleware:
    """The API only reads, and says so in its own form. `Allow` names what may be asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_refused = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        if not (is_refused and request.path.startswith(UNDER)):
            return response
        told = problem(response.status_code, _("The API only reads: ask with GET."))
        told["Allow"] = response["Allow"]
        return told
