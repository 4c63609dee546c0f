"""Who asks the API, and how an operation says which scope it needs.

Only the header `Authorization: Bearer ...` counts: no session, no cookie, nothing in an address. So
no page of another site can make a browser ask, and no log of addresses holds a token.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.security import HttpBearer
from pydantic import BaseModel, ConfigDict

from core.api.paging import Page, Row, as_json
from core.api.problems import Problem
from core.exceptions import Forbidden, TooOften, Unknown
from core.per_minute import PerMinute
from people.domain.tokens import find_token
from people.models import AccessToken, User

PROBLEMS = (400, 401, 403, 404, 422, 429)
asked = PerMinute()
"""By token, in this process."""


class Bearer(HttpBearer):
    """The person whose token it is, if it is for this."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> AccessToken:
        found = super().__call__(request)
        if not isinstance(found, AccessToken):
            raise Unknown(_("Send a token that works, in the header “Authorization: Bearer ...”."))
        return found

    def authenticate(self, request: HttpRequest, token: str) -> AccessToken | None:
        """The token, or None when there is no such one. Raises Forbidden and TooOften."""
        row = find_token(token)
        if row is None:
            return None
        translation.activate(_language_of(request, row))
        if asked.count(row.pk) > settings.API_REQUESTS_A_MINUTE:
            raise TooOften(_("This token asks too often. Wait a minute."))
        if self.scope and self.scope not in row.scopes:
            raise Forbidden(
                _("This token is not for %(scope)s. Make one that is.") % {"scope": self.scope}
            )
        return row


def _language_of(request: HttpRequest, row: AccessToken) -> str:
    """The language that the request asks for; else that of the account."""
    header = request.headers.get("Accept-Language", "")
    if not header:
        return row.user.language
    plain = HttpRequest()
    plain.META["HTTP_ACCEPT_LANGUAGE"] = header
    return translation.get_language_from_request(plain)


def token_of(request: HttpRequest) -> AccessToken:
    """The token that this request came with."""
    return request.auth  # type: ignore[attr-defined]


def asker(request: HttpRequest) -> User:
    """The person in whose name the request reads; never `request.user`, who has a cookie."""
    return token_of(request).user


CSV_TOO = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}
type Operation = Callable[..., HttpResponse]


def reads(
    router: Router,
    path: str,
    *,
    name: str,
    scope: str,
    gives: type[BaseModel],
    summary: Any,
    not_now: bool = False,
) -> Callable[[Operation], Operation]:
    """Declare an operation that reads: its address, name, scope, what it gives, and in words what
    that is.

    `gives` is a Row for a list of these, which can be had as csv too, or else the whole answer.
    `not_now` says that there may be nothing to give yet (409).
    """
    tabular = issubclass(gives, Row)
    statuses = (*PROBLEMS, 409) if not_now else PROBLEMS
    return router.get(
        path,
        auth=Bearer(scope),
        url_name=name,
        operation_id=name,
        summary=summary,
        response={200: Page[gives] if tabular else gives}  # type: ignore[valid-type]
        | dict.fromkeys(statuses, Problem),
        openapi_extra={"x-scope": scope} | (CSV_TOO if tabular else {}),
    )


class Myself(BaseModel):
    """A token, and whose it is."""

    model_config = ConfigDict(extra="forbid")

    token: str
    person: str
    scopes: list[str]
    expires_on: dt.date


router = Router(tags=["account"])


@reads(
    router,
    "/me/",
    name="me",
    scope="",
    gives=Myself,
    summary=_("What the token is for, and whose it is"),
)
def me(request: HttpRequest) -> HttpResponse:
    """Needs no scope: to try whether a token works."""
    token = token_of(request)
    told = Myself(
        token=token.name,
        person=token.user.name,
        scopes=token.scopes,
        expires_on=token.expires_on,
    )
    return as_json(told)
