"""What became of a remark: read by the coordinator, and released to others or kept back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from surveys.enums import LONGEST_REMARK
from surveys.models.responses import Answer


class RemarkState(models.TextChoices):
    RELEASED = "released", _("released")
    WITHHELD = "withheld", _("kept back")


class RemarkReview(TimestampedModel):
    """The coordinator's word on a remark. A remark without one is still to be read.

    `text` is what others see, without what could point at a person; what was written stays as it
    is in the answer. `themes` are the coordinator's own words for what it is about.
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="review")
    state = models.CharField(max_length=8, choices=RemarkState)
    text = models.TextField(blank=True, max_length=LONGEST_REMARK)
    themes = models.JSONField(default=list, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=RemarkState.RELEASED) | ~Q(text=""),
                name="released_remark_has_text",
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.state}"
