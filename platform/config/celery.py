"""The Celery application. A message only says "look": the rows are the truth (core/leases.py)."""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import setup_logging

from config import alive, folder_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

folder_broker.register()
app = Celery("benchlearn")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()  # in every thread of a web process, not only in the one that imported this


@app.on_after_configure.connect
def _set_up(sender: Celery, **kwargs: object) -> None:
    """Fill in what depends on other settings: the broker's options and the beat schedule."""
    from django.conf import settings  # noqa: PLC0415 - settings exist only after configuration

    sender.conf.broker_transport_options = _transport_options(
        sender.conf.broker_url, settings.CELERY_BROKER_FOLDER
    )
    alive.attach(sender, settings.ALIVE_FILE)
    sender.conf.beat_schedule = {
        "wake-rows": {
            "task": "core.tasks.wake_rows",
            "schedule": settings.SWEEP_SECONDS,
            # A round that nobody came for is no use any more once the next one is due.
            "options": {"expires": settings.SWEEP_SECONDS * 3},
        },
    }


def _transport_options(url: str, folder: Path) -> dict[str, Any]:
    """What the kind of broker needs to know."""
    if not url.startswith("folder:"):
        # A broker that is away must not keep a visitor waiting: the row is written already.
        return {"socket_connect_timeout": 2, "socket_timeout": 5}
    for name in ("messages", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.2,
    }


@setup_logging.connect
def _keep_django_logging(**kwargs: object) -> None:
    """Celery must not replace the logging that Django set up."""
