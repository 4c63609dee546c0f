"""Waves and invitations: one administration of an instrument, and who was asked."""

import secrets
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle
from core.models import TimestampedModel
from people.enums import Role
from people.models import Membership, Organisation
from surveys.enums import InvitationState, WaveMode, WaveState
from surveys.models.instruments import InstrumentVersion


def new_link_key() -> str:
    """256 bits of chance in hexadecimal: what a wave's personal links are made with."""
    return secrets.token_hex(32)


def new_nonce() -> str:
    """128 bits of chance in hexadecimal: what makes one invitation's link its own."""
    return secrets.token_hex(16)


class WaveQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "WaveQuerySet":
        """To who runs or evaluates the programme."""
        return self._with_role(user, Role.COORDINATOR, Role.EVALUATOR)

    def run_by(self, user: Any) -> "WaveQuerySet":
        """Of programmes this person coordinates: names of invited people come along."""
        return self._with_role(user, Role.COORDINATOR)

    def _with_role(self, user: Any, *roles: str) -> "WaveQuerySet":
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            cycle__programme__appointments__user=user,
            cycle__programme__appointments__role__in=roles,
        ).distinct()


class Wave(TimestampedModel):
    """One administration of an instrument in a cycle.

    Every personal link is made with `link_key`; closing the wave destroys it, and with it the
    means to make any of its links again.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="waves")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="waves")
    name = models.CharField(_("name"), max_length=80)
    state = models.CharField(max_length=8, choices=WaveState, default=WaveState.DRAFT)
    mode = models.CharField(max_length=12, choices=WaveMode, default=WaveMode.UNTRACEABLE)
    last_day = models.DateField(_("last day to answer"))
    target = models.PositiveSmallIntegerField(
        _("target for the response, in percent"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    link_key = models.CharField(max_length=64, blank=True, default=new_link_key, editable=False)

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle__starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "name"], name="wave_name_once"),
            models.CheckConstraint(
                condition=~Q(state=WaveState.CLOSED) | Q(link_key=""), name="closed_wave_has_no_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(TimestampedModel):
    """Somebody asked to answer: a member with an account, or a name and an address.

    The link itself is stored nowhere: `token_digest` recognises it, and it can be made again from
    `nonce` and the wave's key for as long as the wave is open.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField()
    language = models.CharField(max_length=5, default="nl")
    state = models.CharField(max_length=8, choices=InvitationState, default=InvitationState.OPEN)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        ordering = ["organisation__name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "email"], name="invitation_once_a_person"),
            models.UniqueConstraint(fields=["wave", "membership"], name="invitation_once_a_member"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.wave})"
