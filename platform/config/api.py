"""The API: the operations of all rooms together, and what goes wrong in them as problems."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from benchmarks.api import ROUTERS as BENCHMARKS
from core.api.problems import PROBLEM_TYPE, field_problems, problem
from core.exceptions import DomainError
from evaluation.api import router as evaluation
from learningcircles.api import router as learningcircles
from people.api import router as people
from surveys.api import ROUTERS as SURVEYS

VERSION = "1.0.0"
FIRST_PROBLEM = 400


class Api(NinjaAPI):
    """django-ninja's, with problems under the media type that they have."""

    def get_openapi_schema(self, **named: Any) -> OpenAPISchema:
        """The OpenAPI document of all operations."""
        document = super().get_openapi_schema(**named)
        for methods in document["paths"].values():
            for operation in methods.values():
                for status, response in operation["responses"].items():
                    if int(status) >= FIRST_PROBLEM:
                        (content,) = response["content"].values()
                        response["content"] = {PROBLEM_TYPE: content}
        return document


api = Api(
    title="Benchlearn",
    version=VERSION,
    description="Benchmarks, figures, results of surveys, actions and evaluations, as far as the "
    "person whose token it is may see them. docs/api.md has examples in R, Python and Power BI.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
)
for router in (people, *BENCHMARKS, *SURVEYS, learningcircles, evaluation):
    api.add_router("", router)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """What can't be done, in the words of whoever decided so."""
    return problem(error.status, error.message)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    """Not there, or not for this person: the answer is the same."""
    return problem(404, _("There is no such thing, or this token may not see it."))


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that can't be right, each with what is wrong."""
    told = _("What was asked can't be understood. The reference names every parameter.")
    return problem(422, told, errors=field_problems(error.errors))


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What django-ninja itself refuses."""
    return problem(error.status_code, error.message)
