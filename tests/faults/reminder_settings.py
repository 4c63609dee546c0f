"""Settings of the workers that are killed while reminders go out: the real room of circles."""

from tests.faults.settings import *  # noqa: F403
from tests.faults.settings import INSTALLED_APPS

INSTALLED_APPS = [
    *[name for name in INSTALLED_APPS if name != "tests.faults.errands"],
    "benchmarks",
    "learningcircles",
]
ROOT_URLCONF = "learningcircles.urls"
MIGRATION_MODULES = dict.fromkeys(
    ("people", "core", "auth", "contenttypes", "benchmarks", "learningcircles")
)
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
