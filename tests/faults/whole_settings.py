"""Production as it is, on the stage: its own mail server, short leases, tables without history."""

import datetime as dt
import os

from django.utils import timezone

os.environ.setdefault("BENCHLEARN_BASE_URL", "https://127.0.0.1")

from config.settings.base import VAR
from config.settings.files import storages_of
from config.settings.production import *  # noqa: F403
from tests.faults.survey_settings import NoMigrations

MAILERS = {
    "default": {
        "BACKEND": "core.smtp.Backend",
        "OPTIONS": {"host": "127.0.0.1", "port": int(os.environ["FAULTS_SMTP_PORT"]), "timeout": 3},
    }
}
MIGRATION_MODULES = NoMigrations()
LEASE_SECONDS = 4
SWEEP_SECONDS = 0.5
# Nobody looks at the pages' dress.
STORAGES = storages_of(VAR) | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
OFF = dt.timedelta(seconds=float(os.environ.get("FAULTS_CLOCK_OFF", "0")))
if OFF:
    # The clock of this process alone: Django and the product read no other.
    timezone.now = lambda right=timezone.now: right() + OFF
