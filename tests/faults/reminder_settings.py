"""Settings of the workers that are killed while reminders go out: the real room of circles."""

from config.settings.base import INSTALLED_APPS as ALL_ROOMS
from config.settings.base import MIDDLEWARE as WHOLE_ROAD
from tests.faults.settings import *  # noqa: F403

INSTALLED_APPS = ALL_ROOMS
MIDDLEWARE = WHOLE_ROAD
ROOT_URLCONF = "config.urls"


class _NoneAtAll(dict[str, None]):
    """Tables are made from the models, whatever the apps are called."""

    def __contains__(self, label: object) -> bool:
        return True

    def __missing__(self, label: str) -> None:
        return None


MIGRATION_MODULES = _NoneAtAll()
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
