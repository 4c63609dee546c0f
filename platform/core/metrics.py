"""What an installation tells Prometheus: how much waits, how long already, and what failed.

Read from the rows, which are the truth, each time somebody asks. A room adds what only it knows by
the signal `collect_gauges`. Nothing here names anybody: a label is a kind, a state or a number.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Min, Q
from django.dispatch import Signal
from django.utils import timezone

from core.deeds import gather
from core.models import LeasedRow, LeasedState, MailState, OutboxMail, Pulse

WAITING_MAIL = Q(state=MailState.WAITING)
TROUBLE = (MailState.UNSURE, MailState.REFUSED, MailState.FAILED, MailState.BOUNCED)


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number as it is now, for each value of its labels."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    values: dict[tuple[str, ...], float] = field(default_factory=dict)


collect_gauges = Signal()
"""Sent with `now`; receivers return an iterable of Gauge."""


def gauges(now: dt.datetime) -> Iterator[Gauge]:
    """All of them, the floor's first. An error in a room is not swallowed."""
    yield from mail(now)
    yield from work(now)
    yield round_age(now)
    yield from gather(collect_gauges, now=now)


def mail(now: dt.datetime) -> Iterable[Gauge]:
    """The outbox by state, and how long the mail that waits longest has waited."""
    found = OutboxMail.objects.values_list("state").annotate(many=Count("pk")).order_by()
    counts = dict.fromkeys(MailState.values, 0) | dict(found)
    ripe = OutboxMail.objects.filter(WAITING_MAIL).exclude(not_before__gt=now)
    oldest = ripe.order_by("pk").values_list("created_at", flat=True).first()
    return [
        Gauge(
            "benchlearn_mail",
            "Mails in the outbox, by state.",
            ("state",),
            {(state,): count for state, count in counts.items()},
        ),
        Gauge(
            "benchlearn_mail_oldest_seconds",
            "How long the mail that waits longest has waited.",
            (),
            {(): age(oldest, now)},
        ),
    ]


def work(now: dt.datetime) -> Iterable[Gauge]:
    """Leased rows of every room by kind and state, and how long the oldest has waited."""
    many: dict[tuple[str, ...], float] = {}
    oldest: dict[tuple[str, ...], float] = {}
    for model in apps.get_models():
        if not issubclass(model, LeasedRow):
            continue
        kind, rows = model._meta.label_lower, model._base_manager
        counts = dict.fromkeys(LeasedState.values, 0)
        counts |= dict(rows.values_list("state").annotate(many=Count("pk")).order_by())
        many |= {(kind, state): count for state, count in counts.items()}
        if any(each.name == "created_at" for each in model._meta.fields):
            waits = rows.filter(state=LeasedState.WAITING).exclude(not_before__gt=now)
            oldest[(kind,)] = age(waits.aggregate(first=Min("created_at"))["first"], now)
    return [
        Gauge("benchlearn_work", "Rows that workers carry out.", ("kind", "state"), many),
        Gauge(
            "benchlearn_work_oldest_seconds",
            "How long the row that waits longest has waited.",
            ("kind",),
            oldest,
        ),
    ]


def round_age(now: dt.datetime) -> Gauge:
    """How long ago beat, broker and a worker together came round; absent before the first time."""
    last = Pulse.objects.filter(name=Pulse.ROUND).values_list("at", flat=True).first()
    return Gauge(
        "benchlearn_round_seconds",
        "Since the last round of beat that reached a worker.",
        (),
        {} if last is None else {(): age(last, now)},
    )


def age(since: dt.datetime | None, now: dt.datetime) -> float:
    """Seconds; 0 when there is nothing."""
    return max(0.0, (now - since).total_seconds()) if since else 0.0


class _Now:
    """The gauges as the library collects them."""

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415

        for gauge in gauges(timezone.now()):
            family = GaugeMetricFamily(gauge.name, gauge.meaning, labels=gauge.labels)
            for labels, value in gauge.values.items():
                family.add_metric(labels, value)
            yield family


def page() -> tuple[bytes, str]:
    """Everything in Prometheus's format, and its content type. Only where metrics are on."""
    import prometheus_client as client  # noqa: PLC0415
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    registry = client.CollectorRegistry()
    MultiProcessCollector(registry, path=settings.METRICS_FOLDER)
    registry.register(_Now())
    return client.generate_latest(registry), client.CONTENT_TYPE_LATEST
