"""Topic guides: what a semi-structured interview must cover, in versions that never change."""

from django.db import models

from benchmarks.managers import VisibleThroughProgramme
from benchmarks.models import Programme
from core.models import TimestampedModel


class GuideQuerySet(VisibleThroughProgramme):
    programme_path = "programme"


class TopicGuide(TimestampedModel):
    """A version of a guide. `beforehand` are names of facts (interviewing/beforehand.py)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="guides")
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    opening = models.TextField(max_length=4000, blank=True)
    opening_en = models.TextField(max_length=4000, blank=True)
    closing = models.TextField(max_length=4000, blank=True)
    closing_en = models.TextField(max_length=4000, blank=True)
    beforehand = models.JSONField(default=list, blank=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code", "version"], name="topic_guide_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Topic(models.Model):
    """One topic of a guide: the question, keywords to probe with (one a line), and the coded
    variable that it informs."""

    guide = models.ForeignKey(TopicGuide, on_delete=models.CASCADE, related_name="topics")
    number = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    question = models.CharField(max_length=300)
    question_en = models.CharField(max_length=300, blank=True)
    probes = models.TextField(max_length=2000, blank=True)
    probes_en = models.TextField(max_length=2000, blank=True)
    construct = models.SlugField(max_length=60, blank=True)

    class Meta:
        ordering = ["guide", "number"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "code"], name="topic_code_once"),
            models.UniqueConstraint(fields=["guide", "number"], name="topic_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.question}"
