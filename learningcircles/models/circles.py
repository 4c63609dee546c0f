"""Learning circles and who is in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Programme
from core.models import TimestampedModel
from learningcircles.enums import CircleForm, PlaceKind
from learningcircles.managers import CircleMemberQuerySet, CircleQuerySet
from people.models import Membership


class Circle(TimestampedModel):
    """A small group from several organisations that meets on a theme and looks ahead.

    `key` comes from the form that made it: the same form posted twice makes one circle.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="circles")
    theme = models.CharField(_("theme"), max_length=120)
    goal = models.TextField(_("goal"), blank=True)
    facilitators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="led_circles"
    )
    form = models.CharField(
        _("how often"), max_length=6, choices=CircleForm, default=CircleForm.SERIES
    )
    setting = models.CharField(
        _("where people meet"), max_length=8, choices=PlaceKind, default=PlaceKind.ON_SITE
    )
    vote_budget = models.PositiveSmallIntegerField(_("points each member may give"), default=10)
    ended_on = models.DateField(null=True, blank=True)
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = CircleQuerySet.as_manager()

    class Meta:
        ordering = ["theme", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "theme"], name="circle_theme_once"),
            models.CheckConstraint(condition=~models.Q(theme=""), name="circle_has_theme"),
        ]

    def __str__(self) -> str:
        return self.theme


class CircleMember(TimestampedModel):
    """Somebody's time in a circle. Who leaves and comes back has two rows."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="members")
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="circle_memberships"
    )
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = CircleMemberQuerySet.as_manager()

    class Meta:
        ordering = ["membership__organisation__name", "membership__user__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "membership"],
                condition=models.Q(left_on=None),
                name="circle_member_once",
            ),
            models.CheckConstraint(
                condition=models.Q(left_on=None) | models.Q(left_on__gte=models.F("joined_on")),
                name="circle_member_left_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} ({self.circle})"
