"""Settings of the processes that are killed: the real core and Celery, and no other room."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import VAR

SECRET_KEY = "only-for-tests-" + "x" * 50
INSTALLED_APPS = [
    "tests.faults.errands",
    "config",
    "people",
    "core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
]
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
ROOT_URLCONF = "tests.faults.urls"
TEMPLATES: list[dict] = []
ALLOWED_HOSTS = ["127.0.0.1"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
MIGRATION_MODULES = {app.rsplit(".", 1)[-1]: None for app in INSTALLED_APPS}
MAILERS = {
    "default": {
        "BACKEND": "core.smtp.Backend",
        "OPTIONS": {
            "host": "127.0.0.1",
            "port": int(os.environ["FAULTS_SMTP_PORT"]),
            "timeout": 10,
        },
    }
}
LEASE_SECONDS = 3
SWEEP_SECONDS = 0.5
CELERY_BROKER_FOLDER = VAR / "broker"
