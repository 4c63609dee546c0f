"""Definition issues: doubt about whether a figure means the same everywhere, parked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Indicator, IndicatorDefinition, Programme
from core.models import TimestampedModel
from learningcircles.enums import IssueState
from learningcircles.managers_talk import DefinitionIssueQuerySet
from learningcircles.models.sessions import Session


class DefinitionIssue(TimestampedModel):
    """Parked so that it doesn't eat the talk, and settled outside it.

    `outcome` says how it was settled; `definition` is the version that came of it, or nothing
    where the definition stays as it is.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="definition_issues"
    )
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.CASCADE, related_name="definition_issues"
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.CASCADE,
        related_name="definition_issues",
        verbose_name=_("indicator"),
    )
    text = models.TextField(_("what is in doubt"))
    item = models.ForeignKey(
        "learningcircles.AgendaItem",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parked_issues",
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=IssueState, default=IssueState.PARKED)
    outcome = models.TextField(_("how it was settled"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    definition = models.ForeignKey(
        IndicatorDefinition,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="settled_issues",
    )
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = DefinitionIssueQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="issue_has_text"),
            models.CheckConstraint(
                condition=models.Q(
                    state=IssueState.PARKED, settled_at=None, outcome="", definition=None
                )
                | (
                    models.Q(state=IssueState.SETTLED, settled_at__isnull=False)
                    & ~models.Q(outcome="")
                ),
                name="issue_settled_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_parked(self) -> bool:
        return self.state == IssueState.PARKED
