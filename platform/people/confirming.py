"""What reaches far is confirmed again: by password or second factor, at most ten minutes ago."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpRequest


def _asked(request: HttpRequest) -> bool:
    return bool(settings.CONFIRM_AGAIN)


def confirmed[View: Callable[..., Any]](view: View) -> View:
    """A view whose deed (its POST) goes on once the person has proved again who they are. Who has
    neither password nor factor proved it with the link they came by."""
    wrapped: Any = reauthentication_required(view, allow_get=True, enabled=_asked)
    return wrapped


def confirmed_fetch[View: Callable[..., Any]](view: View) -> View:
    """The same for a view that gives out a file when it is fetched (its GET)."""
    wrapped: Any = reauthentication_required(view, enabled=_asked)
    return wrapped
