"""When an interviewer can hold interviews: weekly hours, other days, and what lies around a talk.

Times are those of the interviewer's own clock; what is booked is in UTC (models/interviews.py).
"""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from surveys.models.waves import new_nonce


class Diary(TimestampedModel):
    """How somebody plans interviews. Minutes, unless it says otherwise."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="diary"
    )
    time_zone = models.CharField(max_length=60, default="Europe/Amsterdam")
    before = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(240)])
    after = models.PositiveSmallIntegerField(default=15, validators=[MaxValueValidator(240)])
    travel = models.PositiveSmallIntegerField(default=45, validators=[MaxValueValidator(480)])
    most_a_day = models.PositiveSmallIntegerField(default=4, validators=[MaxValueValidator(20)])
    lead_hours = models.PositiveSmallIntegerField(default=24, validators=[MaxValueValidator(1000)])
    video_link = models.URLField(max_length=300, blank=True)
    feed_nonce = models.CharField(max_length=32, default=new_nonce, editable=False)

    def __str__(self) -> str:
        return f"{self.user}"


class WeeklyHours(models.Model):
    """Hours of a day of every week; Monday is 0."""

    WEEKDAYS = [
        (0, _("Monday")),
        (1, _("Tuesday")),
        (2, _("Wednesday")),
        (3, _("Thursday")),
        (4, _("Friday")),
        (5, _("Saturday")),
        (6, _("Sunday")),
    ]
    diary = models.ForeignKey(Diary, on_delete=models.CASCADE, related_name="weekly")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["diary", "weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="weekly_hours_in_order"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekly_hours_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}-{self.ends:%H:%M}"


class OtherDay(models.Model):
    """A day that isn't like its week: these hours instead, or none."""

    diary = models.ForeignKey(Diary, on_delete=models.CASCADE, related_name="other_days")
    day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["diary", "day", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None, ends=None) | Q(ends__gt=F("starts")),
                name="other_day_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
