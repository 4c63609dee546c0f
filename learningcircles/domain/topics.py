"""Decisions on the topics of a circle."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Participation
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from learningcircles.enums import TopicOrigin
from learningcircles.models import Circle, Signal, Topic
from people.models import Organisation


def _origin(signal: Signal | None, organisation: Organisation | None) -> str:
    if signal is not None:
        return TopicOrigin.SIGNAL
    return TopicOrigin.ORGANISATION if organisation is not None else TopicOrigin.CIRCLE


def _check(circle: Circle, topic: Topic) -> None:
    """What the database would refuse or can't know, said in words."""
    if circle.ended_on is not None:
        raise NotNow(_("This circle has ended."))
    if not topic.title:
        raise InvalidInput(_("Say what the topic is."))
    if topic.signal and topic.signal.session.programme_id != circle.programme_id:
        raise InvalidInput(_("This belongs to another benchmark."))
    if topic.origin == TopicOrigin.ORGANISATION and topic.organisation is None:
        raise InvalidInput(_("Say on whose agenda it is."))
    takes_part = Participation.objects.filter(
        cycle__programme=circle.programme_id, organisation=topic.organisation
    )
    if topic.organisation and not takes_part.exists():
        raise InvalidInput(_("This organisation does not take part in the benchmark."))


@transaction.atomic
def propose_topic(
    circle: Circle,
    *,
    by: Any,
    title: str,
    why: str = "",
    signal: Signal | None = None,
    organisation: Organisation | None = None,
    origin: str = "",
    at: datetime | None = None,
    key: UUID | None = None,
) -> Topic:
    """Propose a topic for a circle, from a signal, an organisation's agenda, or outside.

    `origin` follows from the signal or organisation unless told. The same `key` gives the same
    topic.
    """
    if key and (made := circle.topics.filter(key=key).first()):
        return made
    topic = Topic(
        circle=circle,
        title=" ".join(title.split()),
        why=why.strip(),
        signal=signal,
        organisation=organisation,
        origin=origin or _origin(signal, organisation),
        proposed_by=by,
        proposed_at=at or timezone.now(),
        key=key,
    )
    _check(circle, topic)
    topic.save()
    log_activity(topic, "propose_topic", actor=by)
    return topic


@transaction.atomic
def close_topic(topic: Topic, *, by: Any, at: datetime | None = None) -> Topic:
    """Take a topic off the list: it had its turn, or nobody wants it any more."""
    if topic.closed_on is None:
        topic.closed_on = timezone.localtime(at or timezone.now()).date()
        topic.save(update_fields=["closed_on", "modified_at"])
        log_activity(topic, "close_topic", actor=by)
    return topic
