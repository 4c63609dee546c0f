"""Whose name a wrong password counts against (see AXES_USERNAME_CALLABLE)."""

from typing import Any

from django.http import HttpRequest


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address that was tried, in lower case, so that capitals are no second chance."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return str(name).strip().lower()
