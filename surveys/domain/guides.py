"""Topic guides: the two that ship, and a coordinator's own next versions."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Programme
from core.exceptions import InvalidInput
from core.models import log_activity
from surveys.guides.shipped import SHIPPED
from surveys.guides.spec import GuideSpec, TopicSpec
from surveys.models import Topic, TopicGuide

MOST_TOPICS = 40


def ship_guides(programme: Programme) -> list[TopicGuide]:
    """Both guides that ship, where the programme has no version of them yet."""
    had = set(programme.guides.values_list("code", flat=True))
    return [make_guide(programme, spec=spec, by=None) for spec in SHIPPED if spec.code not in had]


@transaction.atomic
def make_guide(programme: Programme, *, spec: GuideSpec, by: Any) -> TopicGuide:
    """The guide with exactly this in it: the newest version where that says the same, else a next
    one. Raises InvalidInput without topics, with too many, or with one that asks nothing."""
    _check(spec)
    newest = programme.guides.filter(code=spec.code).order_by("-version").first()
    if newest is not None and spec_of(newest) == spec:
        return newest
    guide = TopicGuide.objects.create(
        programme=programme,
        code=spec.code,
        version=newest.version + 1 if newest else 1,
        name=spec.name,
        name_en=spec.name_en,
        opening=spec.opening,
        opening_en=spec.opening_en,
        closing=spec.closing,
        closing_en=spec.closing_en,
        beforehand=list(spec.beforehand),
    )
    Topic.objects.bulk_create(
        _topic(guide, number, topic) for number, topic in enumerate(spec.topics, start=1)
    )
    log_activity(guide, "version made", actor=by, version=guide.version)
    return guide


def _check(spec: GuideSpec) -> None:
    if not spec.name.strip():
        raise InvalidInput(_("Give the guide a name."))
    if not 1 <= len(spec.topics) <= MOST_TOPICS:
        raise InvalidInput(_("A guide has 1 to 40 topics."))
    if not all(topic.question.strip() for topic in spec.topics):
        raise InvalidInput(_("Each topic needs a question."))
    if len({topic.code for topic in spec.topics}) < len(spec.topics):
        raise InvalidInput(_("Two topics have the same name in files; give each its own."))


def _topic(guide: TopicGuide, number: int, topic: TopicSpec) -> Topic:
    return Topic(
        guide=guide,
        number=number,
        code=topic.code,
        question=topic.question,
        question_en=topic.question_en,
        probes="\n".join(topic.probes),
        probes_en="\n".join(topic.probes_en),
        construct=topic.construct,
    )


def spec_of(guide: TopicGuide) -> GuideSpec:
    """A stored guide as a plain object."""
    return GuideSpec(
        code=guide.code,
        name=guide.name,
        name_en=guide.name_en,
        opening=guide.opening,
        opening_en=guide.opening_en,
        closing=guide.closing,
        closing_en=guide.closing_en,
        beforehand=tuple(guide.beforehand),
        topics=tuple(
            TopicSpec(
                topic.code,
                topic.question,
                topic.question_en,
                tuple(topic.probes.splitlines()),
                tuple(topic.probes_en.splitlines()),
                topic.construct,
            )
            for topic in guide.topics.all()
        ),
    )
