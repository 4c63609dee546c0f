"""The Celery application. A message only says "look": the rows are the truth (core/leases.py)."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("benchlearn")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def _set_up(sender: Celery, **kwargs: object) -> None:
    """Fill in what depends on other settings: the broker's folder and the beat schedule."""
    from django.conf import settings  # noqa: PLC0415 - settings exist only after configuration

    if sender.conf.broker_url.startswith("filesystem"):
        folder = settings.CELERY_BROKER_FOLDER
        for name in ("messages", "control"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        sender.conf.broker_transport_options = {
            "data_folder_in": str(folder / "messages"),
            "data_folder_out": str(folder / "messages"),
            "control_folder": str(folder / "control"),
            "polling_interval": 0.2,
        }
    sender.conf.beat_schedule = {
        "wake-rows": {"task": "core.tasks.wake_rows", "schedule": settings.SWEEP_SECONDS},
    }


@setup_logging.connect
def _keep_django_logging(**kwargs: object) -> None:
    """Celery must not replace the logging that Django set up."""
