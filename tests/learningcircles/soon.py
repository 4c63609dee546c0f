"""Moments for the stories."""

import datetime as dt

from django.utils import timezone


def hours_from_now(hours: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=hours)
