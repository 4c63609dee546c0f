"""The texts that are coded (the report or transcript of an interview), and who codes them."""

from typing import Any

from django.conf import settings
from django.db import models

from benchmarks.models import Cycle
from core.models import TimestampedModel
from people.enums import Role
from people.models import Organisation
from surveys.models.rounds import InterviewRound


class CodedTextQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "CodedTextQuerySet":
        """To who runs the programme or leads its interviews, and to who codes the text."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(
                cycle__programme__appointments__user=user,
                cycle__programme__appointments__role__in=(Role.COORDINATOR, Role.FACILITATOR),
            )
        ).distinct()

    def run_by(self, user: Any) -> "CodedTextQuerySet":
        """Texts of programmes that this person coordinates."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            cycle__programme__appointments__user=user,
            cycle__programme__appointments__role=Role.COORDINATOR,
        ).distinct()


class CodedText(TimestampedModel):
    """What was said in one interview of an organisation. It doesn't change once it is coded."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="coded_texts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(
        InterviewRound, null=True, blank=True, on_delete=models.SET_NULL, related_name="texts"
    )
    title = models.CharField(max_length=80)
    body = models.TextField()
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CodedTextQuerySet.as_manager()

    class Meta:
        ordering = ["cycle", "organisation__name", "id"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.title}"


def being_coded() -> models.QuerySet:
    """Texts that a coder is not done with."""
    return CodingTask.objects.filter(finished_at=None).values("text")


class CodingTask(TimestampedModel):
    """One coder of a text; `finished_at` is when they were done, and can change nothing more."""

    text = models.ForeignKey(CodedText, on_delete=models.CASCADE, related_name="tasks")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="coding_tasks"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["text", "id"]
        constraints = [models.UniqueConstraint(fields=["text", "coder"], name="coder_of_text_once")]

    def __str__(self) -> str:
        return f"{self.coder}: {self.text}"
