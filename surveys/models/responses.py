"""Responses and answers: what somebody said, and never who."""

from django.db import models
from django.db.models import Q

from people.models import Organisation
from surveys.enums import LONGEST_REMARK, ResponseState
from surveys.models.instruments import Item
from surveys.models.waves import Invitation, Wave


class Response(models.Model):
    """What one respondent answered. It knows an organisation, no name and no time but the day.

    `invitation` is set while the response is a draft, so that it can be continued from another
    device; submitting erases it. `pages_done` is how far the respondent came.
    """

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="responses")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="survey_responses"
    )
    invitation = models.OneToOneField(
        Invitation, null=True, blank=True, on_delete=models.CASCADE, related_name="draft"
    )
    state = models.CharField(max_length=9, choices=ResponseState, default=ResponseState.DRAFT)
    pages_done = models.PositiveSmallIntegerField(default=0)
    submitted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["wave", "state"], name="response_of_wave")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=ResponseState.DRAFT, invitation__isnull=False, submitted_on__isnull=True
                )
                | Q(
                    state=ResponseState.SUBMITTED,
                    invitation__isnull=True,
                    submitted_on__isnull=False,
                ),
                name="submitted_response_is_untied",
            )
        ]

    def __str__(self) -> str:
        return f"{self.wave}, {self.organisation}: {self.state}"


class Answer(models.Model):
    """One answer: 1 to 5, or not applicable, or a remark. What was left open has no row."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    text = models.TextField(blank=True, max_length=LONGEST_REMARK)

    class Meta:
        ordering = ["response", "item"]
        constraints = [
            models.UniqueConstraint(fields=["response", "item"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(value__gte=1, value__lte=5, not_applicable=False, text="")
                | Q(value__isnull=True, not_applicable=True, text="")
                | (Q(value__isnull=True, not_applicable=False) & ~Q(text="")),
                name="answer_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.value or self.text[:20] or 'n/a'}"
