"""What every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def benchlearn(request: HttpRequest) -> dict[str, Any]:
    """Whether this installation shows the pages of development and of a demonstration."""
    return {
        "show_components": settings.SHOW_COMPONENTS,
        "show_demo_mail": settings.DEMO_MAILBOX is not None,
    }
