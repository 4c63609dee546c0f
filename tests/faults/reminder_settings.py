"""Settings of the workers that are killed while reminders go out: the real room of circles."""

from config.settings.base import INSTALLED_APPS as ALL_ROOMS
from tests.faults.settings import *  # noqa: F403

INSTALLED_APPS = ALL_ROOMS
ROOT_URLCONF = "config.urls"
MIGRATION_MODULES = {name.rsplit(".", 1)[-1]: None for name in ALL_ROOMS}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
