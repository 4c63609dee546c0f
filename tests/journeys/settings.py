"""The product as a person meets it, with static files straight from the source."""

from config.settings.local import *  # noqa: F403
from config.settings.local import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SWEEP_SECONDS = 1.0
