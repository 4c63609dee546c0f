"""Errors of the API as problem details (RFC 9457): what is wrong, in words, with its status."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict, Field

PROBLEM_TYPE = "application/problem+json"
MINUTE = "60"
FILTERS = "asked"
"""What every operation calls its filters; no parameter has this name."""


class FieldProblem(BaseModel):
    """What is wrong with one parameter."""

    model_config = ConfigDict(extra="forbid")

    parameter: str
    message: str


class Problem(BaseModel):
    """What every answer with a status of 400 or more says."""

    model_config = ConfigDict(extra="forbid")

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = Field(default_factory=list)


def problem(
    status: int,
    detail: str | Promise,
    *,
    errors: list[FieldProblem] | None = None,
) -> HttpResponse:
    """An answer that says what is wrong, and with a 429 when to ask again."""
    told = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=str(detail), errors=errors or []
    )
    response = HttpResponse(told.model_dump_json(), status=status, content_type=PROBLEM_TYPE)
    response["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="Benchlearn"'
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = MINUTE
    return response


def field_problems(errors: list[dict[str, Any]]) -> list[FieldProblem]:
    """What the validation said, once for each parameter; an error's place begins with where the
    parameter stands, and may go on with the alternatives that were tried."""
    told: dict[str, str] = {}
    for each in errors:
        _where, *place = each["loc"]
        name = next(part for part in map(str, place) if part != FILTERS)
        told.setdefault(name, str(each["msg"]))
    return [FieldProblem(parameter=name, message=message) for name, message in told.items()]
