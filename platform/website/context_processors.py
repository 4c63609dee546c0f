"""What every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def benchlearn(request: HttpRequest) -> dict[str, Any]:
    """Whether this installation shows the development pages."""
    return {"show_components": settings.SHOW_COMPONENTS}
