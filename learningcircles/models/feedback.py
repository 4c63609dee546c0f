"""Afterwards: three questions to who was there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimestampedModel
from learningcircles.managers_talk import OwnFeedbackQuerySet
from learningcircles.models.sessions import Attendance


class SessionFeedback(TimestampedModel):
    """What one attendee answers; shown to others as counts only, and only of enough people."""

    attendance = models.OneToOneField(Attendance, on_delete=models.CASCADE, related_name="feedback")
    worth_it = models.BooleanField(_("It was worth the time"), null=True)
    room = models.BooleanField(_("There was room for what I wanted to say"), null=True)
    will_do = models.BooleanField(_("I will do something with it"), null=True)

    objects = OwnFeedbackQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.attendance_id}"
