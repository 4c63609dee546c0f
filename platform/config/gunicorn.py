"""How gunicorn runs the web processes: `gunicorn --config python:config.gunicorn config.wsgi`.

What differs between installations comes from the environment (docs/settings.md).
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

bind = os.environ.get("BENCHLEARN_WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("BENCHLEARN_WEB_PROCESSES", "2"))
threads = int(os.environ.get("BENCHLEARN_WEB_THREADS", "4"))
worker_class = "config.web_worker.FinishingWorker"
# Whoever is being answered when a new version comes gets the answer.
graceful_timeout = 30
# Signs of life go to memory: on a slow disk they would look like a hanging worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
# No address of a page in any log: under /s/ and /i/ they are keys.
accesslog = None
# The root logger writes for gunicorn too: one format, and nothing personal in it.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "root": {"level": "INFO", "handlers": []},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}


def on_starting(server: Any) -> None:
    """Before any process is made: with settings that can't work, one sentence and the end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.conf import settings  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.utils.log import configure_logging  # noqa: PLC0415

    try:
        folder, told = settings.METRICS_FOLDER, settings.METRICS_TOKEN
    except ImproperlyConfigured as error:
        sys.exit(f"Benchlearn doesn't start. {error}")
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    if told:
        # Counts of processes that are gone belong to the last run.
        shutil.rmtree(folder, ignore_errors=True)
        Path(folder).mkdir(parents=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder


def child_exit(server: Any, worker: Any) -> None:
    """A process is gone: what it counted stays, what it was busy with doesn't."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess  # noqa: PLC0415

        multiprocess.mark_process_dead(worker.pid)
