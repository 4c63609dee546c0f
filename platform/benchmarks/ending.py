"""When a programme is over for good: the years that people stay known in it have passed.

What becomes of it then is the roof's (config/privacy/closed_programmes.py); here is when, and who
is warned.
"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Max

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme

WARNED = dt.timedelta(weeks=8)
"""So long before, whoever runs the programme is told."""


def _kept() -> dt.timedelta:
    return dt.timedelta(days=365 * settings.PROGRAMME_YEARS)


def over_since(today: dt.date) -> models.QuerySet[Programme]:
    """Programmes that were over longer ago than is kept, `last` being the end of the last round.
    A published study names nobody."""
    if not settings.PROGRAMME_YEARS:
        return Programme.objects.none()
    rows = Programme.objects.annotate(last=Max("cycles__ends_on"))
    past = rows.filter(
        models.Q(people_forgotten_on=None) | models.Q(people_forgotten_on__lt=models.F("last")),
        last__lt=today - _kept(),
    )
    return past.exclude(kind=ProgrammeKind.STUDY)


def people_go_on(programme: Programme, today: dt.date) -> dt.date | None:
    """The day on which names and texts go, when that is near; None when it isn't."""
    if not over_since(today + WARNED).filter(pk=programme.pk).exists():
        return None
    last: dt.date = programme.cycles.aggregate(last=Max("ends_on"))["last"]
    return max(last + _kept() + dt.timedelta(days=1), today)
