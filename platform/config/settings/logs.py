"""What is written down, and what is not: no address, no link, no answer ever goes into a log.

`core/logs.py` takes them out of every line. BENCHLEARN_LOG chooses how a line looks: `plain` for
people, `json` (in production) for what collects logs, `whole` for whoever develops: with the words
of errors, and so perhaps with what somebody answered.
"""

import os
from typing import Any

FORMATS = {
    "plain": {"()": "core.logs.Discreet"},
    "json": {"()": "core.logs.Json"},
    "whole": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
}


def logging_as(format: str) -> dict[str, Any]:
    """Django's LOGGING with lines of this format, or as BENCHLEARN_LOG says."""
    chosen = os.environ.get("BENCHLEARN_LOG") or format
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": FORMATS,
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": chosen}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": QUIET,
    }


QUIET: dict[str, dict[str, Any]] = {
    # Django gives this one a handler of its own, which would write past the formatter.
    "django": {"handlers": [], "level": "INFO", "propagate": True},
    "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    "axes": {"level": "WARNING"},
    "django_tasks": {"level": "WARNING"},
    "wagtail": {"level": "WARNING"},
    # One line for each "look" would bury what matters.
    "celery.beat": {"level": "WARNING"},
    "celery.worker.strategy": {"level": "WARNING"},
    "celery.app.trace": {"level": "WARNING"},
    "kombu.connection": {"level": "ERROR"},
    "fontTools": {"level": "WARNING"},
    "weasyprint": {"level": "ERROR"},
}
