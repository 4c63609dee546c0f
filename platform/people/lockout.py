"""Whose name, and which address, a wrong password counts against (AXES_... in the settings)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address that was tried, in lower case, so that capitals are no second chance."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return str(name).strip().lower()


def client_address(request: HttpRequest) -> str:
    """The address that asked: what the proxies that we trust wrote, counted from the nearest.

    What stands further to the left in X-Forwarded-For was written by whoever asked, and counts for
    nothing.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    if settings.TRUSTED_PROXIES < 1:
        return nearest
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    told = [part for part in told if part]
    return told[-settings.TRUSTED_PROXIES] if len(told) >= settings.TRUSTED_PROXIES else nearest
