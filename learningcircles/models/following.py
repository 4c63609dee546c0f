"""What keeps actions from getting lost: the rule of a circle, reminders, and the daily round."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from benchmarks.models import Programme
from core.models import LeasedRow, TimestampedModel
from learningcircles.enums import ESCALATE_AFTER, ReminderKind
from learningcircles.managers import FollowUpRuleQuerySet
from learningcircles.models.actions import Action
from learningcircles.models.circles import Circle

REMIND_BEFORE = 7
FLAG_AFTER = 14
A_YEAR = 365

DAYS = (MinValueValidator(1), MaxValueValidator(A_YEAR))


class FollowUpRule(TimestampedModel):
    """What a circle agreed on following up, in days; what has no rule of its own has these."""

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, related_name="follow_up_rule")
    remind_before = models.PositiveSmallIntegerField(default=REMIND_BEFORE, validators=DAYS)
    flag_after = models.PositiveSmallIntegerField(default=FLAG_AFTER, validators=DAYS)
    escalate_after = models.PositiveSmallIntegerField(default=ESCALATE_AFTER, validators=DAYS)

    objects = FollowUpRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(remind_before__range=(1, A_YEAR))
                & models.Q(flag_after__range=(1, A_YEAR))
                & models.Q(escalate_after__range=(1, A_YEAR)),
                name="rule_days",
            )
        ]

    def __str__(self) -> str:
        return str(self.circle)


class ActionReminder(models.Model):
    """That somebody was written to about an action, for this reason and this date: never again.

    Written in the transaction that writes the mail. `about` is the date that the reason is about,
    so that an action whose date moves is reminded of again.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="action_reminders"
    )
    kind = models.CharField(max_length=10, choices=ReminderKind)
    about = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "user", "kind", "about"], name="reminder_of_action_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.action} {self.kind} {self.about}"


class FollowUpRound(LeasedRow):
    """The round of one day: who must be reminded, and how the groups stand. One worker walks it."""

    day = models.DateField(unique=True)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.state}"


class GroupStanding(models.Model):
    """How the actions of all participants of a programme together stood on a day.

    Counted in the daily round, since a page can't count a hundred thousand actions. `figures` is
    what `learningcircles.group` makes of it; nothing in it is of one organisation.
    """

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="group_standing"
    )
    day = models.DateField()
    organisations = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.programme} {self.day}"
