"""For whoever watches the processes: is this one alive, and may it be sent visitors?

Anybody may ask, so nothing is told but yes or no; `benchlearn doctor` tells the rest.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.health import database, lacks_cache, pending_migrations


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nothing of anything else: a database that is away isn't mended by
    starting the web server anew."""
    return _say("alive")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has the tables of this version; 503 until then."""
    if not database().is_well or not _has_tables():
        return _say("not ready", HTTPStatus.SERVICE_UNAVAILABLE)
    return _say("ready")


class _Tables:
    """Once they were complete they stay so for this process: a release starts new ones."""

    complete = False


def _has_tables() -> bool:
    _Tables.complete = _Tables.complete or not (pending_migrations() or lacks_cache())
    return _Tables.complete


def _say(text: str, status: int = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain", status=status)
