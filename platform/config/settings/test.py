"""For the test run: SQLite, or whatever BENCHLEARN_DATABASE_URL and BENCHLEARN_BROKER_URL name."""

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, VAR, os

SECRET_KEY = "only-for-tests-" + "x" * 50
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
# Messages go nowhere unless a broker is named: tests call the tasks themselves.
CELERY_BROKER_URL = os.environ.get("BENCHLEARN_BROKER_URL", "memory://")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "keys": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY_TASK_ALWAYS_EAGER = False
# Each test client would read all collected files anew.
WHITENOISE_AUTOREFRESH = True
# Stories about these switch them on.
SECOND_FACTOR_REQUIRED = False
CONFIRM_AGAIN = False
SHOW_COMPONENTS = True
SURVEY_GUESS_PAUSE = 0.0
ALLOWED_HOSTS = ["*"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("TEST", {})["NAME"] = None
else:
    DATABASES["default"].setdefault("TEST", {})["NAME"] = os.environ.get(
        "BENCHLEARN_TEST_DATABASE", "benchlearn_test"
    )
(VAR / "static").mkdir(parents=True, exist_ok=True)
