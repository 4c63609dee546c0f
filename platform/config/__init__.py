"""The roof: settings, URLs, Celery, WSGI. Imports all rooms, imported by none."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
