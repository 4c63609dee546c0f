"""What comes of an interview: notes, files that were locked away, and the report."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import TimestampedModel
from surveys.enums import FileKind
from surveys.models.guides import Topic
from surveys.models.interviews import Interview


class Vault(TimestampedModel):
    """What locks the files and names of one interview: half a key here, the other half a file
    (keys.py). Without both nothing in it can be read; destroying the half destroys all of it."""

    interview = models.OneToOneField(Interview, on_delete=models.CASCADE, related_name="vault")
    half = models.CharField(max_length=64, editable=False)
    share = models.CharField(max_length=64, editable=False)

    def __str__(self) -> str:
        return f"{self.interview_id}"


class TopicNote(TimestampedModel):
    """What was said about a topic, as it was typed; `version` counts the savings of it."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="notes")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=20_000, blank=True)
    is_covered = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["interview", "topic__number"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "topic"], name="note_of_a_topic_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}"


class LockedFileQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "LockedFileQuerySet":
        """To who held the interview and to who runs the programme, until its last day."""
        mine = Interview.objects.visible_to(user).values("pk")
        return self.filter(interview__in=mine, removed_at=None)

    def outdated(self, day: dt.date) -> "LockedFileQuerySet":
        """Those whose last day has passed."""
        return self.filter(removed_at=None, last_day__lt=day)


class LockedFile(TimestampedModel):
    """A recording or transcript, encrypted; after its last day only this row is left."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=10, choices=FileKind)
    name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    stored_as = models.CharField(max_length=80, blank=True)
    last_day = models.DateField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = LockedFileQuerySet.as_manager()

    class Meta:
        ordering = ["interview", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(stored_as=""), name="removed_file_is_nowhere"
            )
        ]

    def __str__(self) -> str:
        return self.name


class InterviewReport(TimestampedModel):
    """The report of one interview. `body` has pseudonyms; whom they stand for is in `names`, which
    is encrypted and of no use without the vault."""

    interview = models.OneToOneField(Interview, on_delete=models.CASCADE, related_name="report")
    body = models.TextField(max_length=100_000, blank=True)
    names = models.BinaryField(default=bytes, editable=False)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.interview}"
