"""Where the name of somebody who was erased still stands, in what people typed."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.models.programmes import Programme
from core.models import TimestampedModel
from people.enums import Role


class Outcome(models.TextChoices):
    """What whoever runs the programme did about it."""

    TAKEN_OUT = "taken out", _("the name was taken out")
    STAYS = "stays", _("it stays")


class StandingNameQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "StandingNameQuerySet":
        """Those of the programmes that this person runs."""
        mine = Programme.objects.with_role(user, Role.COORDINATOR)
        return self.filter(programme__in=mine.values("pk"))

    def open(self) -> "StandingNameQuerySet":
        """Those that nobody has looked at yet."""
        return self.filter(outcome="")


class StandingName(TimestampedModel):
    """A field of a record in which somebody typed the name of a person who was erased since.

    The name is nowhere in it: `spans` says where it stands, each as the keys that lead to a text
    within the field (none, when the field is the text), its first character, how many there are,
    and the mark of the text as it was (`config.privacy.wording.mark_of`). A text of another mark
    was changed since. Nothing of this is kept once somebody looked at it.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="standing_names"
    )
    record_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    record_id = models.BigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    field = models.CharField(max_length=40)
    spans = models.JSONField(default=list)
    found_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_on = models.DateField(null=True, blank=True)

    objects = StandingNameQuerySet.as_manager()

    class Meta:
        ordering = ["found_on", "pk"]

    def __str__(self) -> str:
        return f"{self.record_type_id}:{self.record_id}.{self.field}"
