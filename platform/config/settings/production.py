"""A real installation. A missing or weak secret stops the start with a clear sentence."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_URL, CELERY_BROKER_URL, DATABASES, SECRET_KEY, os

if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured(
        "BENCHLEARN_SECRET_KEY is missing or weak: give at least 50 random characters."
    )
for _name in ("BENCHLEARN_DATABASE_URL", "BENCHLEARN_BROKER_URL", "BENCHLEARN_BASE_URL"):
    if not os.environ.get(_name):
        raise ImproperlyConfigured(f"{_name} is missing (see docs/settings.md).")

SECURE_SSL_REDIRECT = True
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
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
if CELERY_BROKER_URL.startswith(("redis://", "rediss://")):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": CELERY_BROKER_URL,
        }
    }
__all__ = ["DATABASES"]
