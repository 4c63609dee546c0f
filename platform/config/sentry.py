"""Reports of faults to a Sentry of the installation's own choice; only when it names one.

What is sent is what a line of the log would hold (core/logs.py): the kind of the error and where it
happened. No request, no user, no local variable, no breadcrumb, and none of the error's own words.
"""

from typing import Any

from core.logs import without_people

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "sdk")


def start(dsn: str, **options: Any) -> None:
    """Report from here on. Raises RuntimeError when sentry-sdk isn't installed."""
    try:
        import sentry_sdk  # noqa: PLC0415
    except ImportError as error:
        raise RuntimeError(
            "BENCHLEARN_SENTRY_DSN is given, but sentry-sdk isn't there: install "
            "requirements/extra.lock, or build the image with LOCK=extra."
        ) from error
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        traces_sample_rate=0,
        before_send=only_what_may_leave,
        before_send_transaction=lambda event, hint: None,
        **options,
    )


def only_what_may_leave(event: Any, hint: Any) -> Any:
    """The event with nothing in it but the kind of the error and where it happened."""
    told = {name: event[name] for name in KEPT if name in event}
    errors = (event.get("exception") or {}).get("values") or []
    if errors:
        told["exception"] = {"values": [_error(each) for each in errors]}
    elif text := _text(event):
        told["message"] = without_people(text)
    return told


def _text(event: Any) -> str:
    """What was logged, without what was filled in."""
    return str((event.get("logentry") or {}).get("message") or event.get("message") or "")


def _error(error: dict[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames") or []
    places = ("filename", "abs_path", "function", "module", "lineno", "in_app")
    kept = [{name: frame[name] for name in places if name in frame} for frame in frames]
    return {
        "type": error.get("type"),
        "module": error.get("module"),
        "value": "",
        "stacktrace": {"frames": kept},
    }
