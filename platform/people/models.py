"""Users, organisations, memberships and the roles held in them."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.audit import Deed, record
from core.models import TimestampedModel
from people.enums import ORGANISATION_ROLES, OrganisationKind, Role, SizeClass
from people.managers import (
    AccessTokenQuerySet,
    MembershipQuerySet,
    OrganisationQuerySet,
    UserManager,
)


def erased_address(number: int) -> str:
    """What stands where the address was of an account whose person was erased."""
    return f"erased-{number}@benchlearn.invalid"


class User(AbstractBaseUser, PermissionsMixin, TimestampedModel):
    """A person with an account. The e-mail address, in lower case, is the name."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, default="nl")
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    factor_due_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "email"]

    def __str__(self) -> str:
        return self.name or (gettext("erased person") if self.is_erased else self.email)

    @property
    def is_erased(self) -> bool:
        """Is this the account of somebody who was taken out?"""
        return not self.name and self.email == erased_address(self.pk)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever makes somebody administrator, or takes that back, is in the audit log, wherever
        it is done (Wagtail's pages of users do it too)."""
        told = kwargs.get("update_fields")
        if told is not None and "is_superuser" not in told:
            super().save(*args, **kwargs)
            return
        was = User.objects.filter(pk=self.pk).values_list("is_superuser", flat=True).first()
        super().save(*args, **kwargs)
        if bool(was) != self.is_superuser:
            deed = Deed.ROLE_GIVEN if self.is_superuser else Deed.ROLE_TAKEN
            record(deed, self, role=str(Role.ADMINISTRATOR.value))

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    # Wagtail asks every user model for these two.
    @property
    def first_name(self) -> str:
        return self.get_short_name()

    @property
    def last_name(self) -> str:
        return self.name.partition(" ")[2]


class Organisation(TimestampedModel):
    """Who takes part: a municipality, or a partnership that counts as one and names its members."""

    kind = models.CharField(
        max_length=14, choices=OrganisationKind, default=OrganisationKind.MUNICIPALITY
    )
    code = models.SlugField(max_length=40, unique=True, help_text=_("short name used in files"))
    cbs_code = models.CharField(
        max_length=4, blank=True, help_text=_("code of the municipality by Statistics Netherlands")
    )
    name = models.CharField(max_length=120)
    size_class = models.CharField(
        max_length=40,
        choices=SizeClass,
        default=SizeClass.UNKNOWN,
        blank=True,
        help_text=_("one of these classes, or a programme's own as its files spell it"),
    )
    region = models.CharField(max_length=60, blank=True)
    members = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="partnerships"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["cbs_code"], condition=~models.Q(cbs_code=""), name="organisation_cbs_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(TimestampedModel):
    """A person in an organisation, with function, department and the roles held there."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    function = models.CharField(_("function"), max_length=80, blank=True)
    department = models.CharField(_("department"), max_length=80, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "user__name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"


class MembershipRole(models.Model):
    """One role held in a membership: participant or management."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=14, choices=[(r.value, r.label) for r in ORGANISATION_ROLES])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "role"], name="membership_role_once")
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)


class SignInLink(models.Model):
    """A link in a mail that signs one person in, once, within the hour.

    Only the digest of its token is kept. Opening it changes nothing (mail scanners open links);
    pressing the button on its page uses it up. `asker` is the digest of a mark that the browser has
    in which it was asked for, `code` that of what another browser must give, `tries` how often a
    wrong one was given.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    next_path = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    asker = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.user}, {self.asked_at:%Y-%m-%d %H:%M}"


class AccessToken(models.Model):
    """Reads the API in the name of one person, for some purposes, until a day.

    Only the digest is kept: the token itself is shown once, when it is made. `last_four` is how its
    owner tells it from others. Never deleted while its person is there: what was withdrawn or ran
    out stays to be seen.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    last_four = models.CharField(max_length=4)
    scopes = models.JSONField()
    made_at = models.DateTimeField()
    expires_on = models.DateField(help_text=_("the last day on which it works"))
    last_used_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="access_token_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (…{self.last_four})"


class Invitation(models.Model):
    """That somebody was given an account: until they sign in for the first time, it runs out."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="invitation")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user}, {self.expires_at:%Y-%m-%d}"


class SignOn(TimestampedModel):
    """An organisation's own sign-in (OpenID Connect). Who comes by it is of that organisation, when
    the address that it vouches for lies in `domain`. The secret is encrypted (people/sealed.py)."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="sign_on"
    )
    issuer = models.URLField(max_length=200)
    client_id = models.CharField(max_length=200)
    secret = models.TextField()
    domain = models.CharField(max_length=120, unique=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.domain}"
