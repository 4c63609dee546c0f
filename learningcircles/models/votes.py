"""Votes: each member of a circle distributes a budget over its topics, and says why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from learningcircles.managers_talk import ThroughTopic
from learningcircles.models.circles import CircleMember
from learningcircles.models.topics import Topic


class TopicVote(TimestampedModel):
    """What one member gives one topic out of their budget. Members see one another's votes."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="votes")
    member = models.ForeignKey(CircleMember, on_delete=models.CASCADE, related_name="votes")
    points = models.PositiveSmallIntegerField(_("points"))
    why = models.CharField(_("why"), max_length=300, blank=True)

    objects = ThroughTopic.as_manager()

    class Meta:
        ordering = ["-points", "id"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "member"], name="vote_once"),
            models.CheckConstraint(condition=models.Q(points__gt=0), name="vote_has_points"),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.points}"
