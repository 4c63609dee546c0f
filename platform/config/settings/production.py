"""A real installation. A missing or weak secret stops the start with a clear sentence."""

import os

from config.settings.logs import logging_as
from config.settings.strength import check_environment

check_environment()

from config.settings.base import *  # noqa: E402, F403
from config.settings.base import (  # noqa: E402
    BASE_URL,
    MIDDLEWARE,
    PROXIES,
)

LOGGING = logging_as("json")
if PROXIES:
    MIDDLEWARE.insert(0, "config.proxies.ClientAddress")

SECURE_SSL_REDIRECT = True
# Who watches asks the process itself, past the proxy.
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
# The prefix makes browsers refuse them from another host, or without TLS.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"
TRUSTED_PROXIES = int(os.environ.get("BENCHLEARN_PROXIES", "1"))
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# How often somebody tried, and which codes were used: in the database, so that who signs in needs
# nothing else (docs/decisions/0512).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
