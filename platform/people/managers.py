"""How people and organisations are fetched. Fetching is the permission check."""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Q, QuerySet

from people.access import reach_of


class UserManager(BaseUserManager):
    """Makes users whose e-mail address is their name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """Make a user; without a password they can only sign in by a link in a mail."""
        user: Any = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """Make an administrator of the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(email=(username or "").lower())


class OrganisationQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "OrganisationQuerySet":
        """Own organisations, those of programmes one has a role in; administrators see all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(Q(memberships__user=user) | Q(pk__in=reach_of(user))).distinct()


class MembershipQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "MembershipQuerySet":
        """Own memberships, colleagues', and those in organisations that a role opens."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            Q(user=user)
            | Q(organisation__memberships__user=user)
            | Q(organisation__in=reach_of(user))
        ).distinct()

    def with_role(self, role: str) -> "MembershipQuerySet":
        """Memberships in which somebody holds this role."""
        return self.filter(roles__role=role)


class AccessTokenQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "AccessTokenQuerySet":
        """One's own, and nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def working(self, today: date) -> "AccessTokenQuerySet":
        """Not withdrawn, not run out, and of an account that is open."""
        return self.filter(withdrawn_at=None, expires_on__gte=today, user__is_active=True)
