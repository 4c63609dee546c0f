"""Waves and invitations: one administration of an instrument, and who was asked."""

import secrets
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle, Programme
from core.models import TimestampedModel
from people.enums import ORGANISATION_ROLES, Role
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

    def entered_by(self, user: Any) -> "WaveQuerySet":
        """Of which this person may print the questionnaire and enter answers from paper."""
        return self._with_role(user, Role.COORDINATOR, Role.FACILITATOR)

    def _with_role(self, user: Any, *roles: str) -> "WaveQuerySet":
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            cycle__programme__appointments__user=user,
            cycle__programme__appointments__role__in=roles,
        ).distinct()


class Wave(TimestampedModel):
    """One administration of an instrument in a cycle.

    Every personal link is made with a key whose halves are `link_key` and the file `key_share`
    (keys.py); closing the wave destroys both, and with them the means to make any of its links
    again. `mode` is what respondents are promised, so it stays as it is once the wave is open.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="waves")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="waves")
    name = models.CharField(_("name"), max_length=80)
    state = models.CharField(max_length=8, choices=WaveState, default=WaveState.DRAFT)
    mode = models.CharField(max_length=14, choices=WaveMode, default=WaveMode.ANONYMOUS)
    last_day = models.DateField(_("last day to answer"))
    target = models.PositiveSmallIntegerField(
        _("target for the response, in percent"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    link_key = models.CharField(max_length=64, blank=True, default=new_link_key, editable=False)
    key_share = models.CharField(max_length=64, blank=True, editable=False)

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


class Background(models.Model):
    """What somebody is in their organisation, as far as it may be told apart in the results."""

    role = models.CharField(
        max_length=14, blank=True, choices=[(role.value, role.label) for role in ORGANISATION_ROLES]
    )
    department = models.CharField(max_length=80, blank=True)
    function = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True


class Invitation(Background, TimestampedModel):
    """Somebody asked to answer: a member with an account, or a name and an address; without either,
    somebody who came by the wave's open link.

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
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="nl")
    state = models.CharField(max_length=8, choices=InvitationState, default=InvitationState.OPEN)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        ordering = ["organisation__name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "email"], condition=~Q(email=""), name="invitation_once_a_person"
            ),
            models.UniqueConstraint(fields=["wave", "membership"], name="invitation_once_a_member"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.wave})"


class UsedLink(models.Model):
    """A link by which a response was submitted, as a digest that only the link itself leads to.

    Whose link it is can be worked out with the wave's key, and so only while the wave is open
    (reminders go to who is not among them); closing the wave takes these rows away.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="used_links")
    digest = models.CharField(max_length=64, primary_key=True)

    class Meta:
        ordering = ["digest"]

    def __str__(self) -> str:
        return self.digest[:8]


class PseudonymKey(models.Model):
    """What a programme's pseudonyms are made with: one half here, the other in a file (keys.py).

    The same person has the same pseudonym in every wave of the programme, and nobody who has the
    database alone can tell whose it is.
    """

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="+")
    half = models.CharField(max_length=64, default=new_link_key, editable=False)
    key_share = models.CharField(max_length=64, editable=False)

    def __str__(self) -> str:
        return f"pseudonyms of {self.programme_id}"
