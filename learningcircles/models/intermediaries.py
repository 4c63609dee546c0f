"""Intermediaries: who passes on between a circle and an organisation."""

from django.db import models

from learningcircles.managers import ThroughCircle
from learningcircles.models.circles import Circle, CircleMember
from people.models import Organisation


class Intermediary(models.Model):
    """The member through whom an organisation hears of the circle: one for each organisation."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="intermediaries")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    member = models.OneToOneField(
        CircleMember, on_delete=models.CASCADE, related_name="intermediary"
    )

    objects = ThroughCircle.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "organisation"], name="intermediary_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.member.membership.user}"
