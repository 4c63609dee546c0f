"""What this room tells who runs the installation: how many answered each open wave.

A number that is read every few seconds tells when each answer came in, and so, beside other traces,
perhaps whose it was. So it is rounded down to whole groups of the size that the programme asks for.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Q

from core.metrics import Gauge
from surveys.enums import ResponseState, WaveState
from surveys.models import Wave


def gauges(sender: object, now: dt.datetime, **kwargs: object) -> Iterable[Gauge]:
    """Submitted responses by the number of their wave, in whole groups."""
    submitted = Count("responses", filter=Q(responses__state=ResponseState.SUBMITTED))
    rows = (
        Wave.objects.filter(state=WaveState.OPEN)
        .order_by("pk")
        .annotate(many=submitted)
        .values_list("pk", "many", "cycle__programme__minimum_group")
    )
    values: dict[tuple[str, ...], float] = {
        (str(pk),): float(many - many % minimum) for pk, many, minimum in rows
    }
    meaning = "Responses of open waves, rounded down to whole groups."
    return [Gauge("benchlearn_responses", meaning, ("wave",), values)]
