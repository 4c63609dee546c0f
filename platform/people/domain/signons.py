"""Decisions about an organisation's own sign-in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import Deed, record
from core.exceptions import InvalidInput, NotNow
from people.access import holds_far_reaching_role
from people.models import Membership, Organisation, SignOn, User
from people.sealed import seal

DOMAIN = RegexValidator(r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$")


@transaction.atomic
def set_sign_on(
    organisation: Organisation,
    *,
    issuer: str,
    client_id: str,
    secret: str,
    domain: str,
    by: Any = None,
) -> SignOn:
    """Let an organisation sign in its own people. Raises InvalidInput for an issuer without TLS, no
    domain, or a domain that is another organisation's."""
    if not issuer.startswith("https://") or not client_id or not secret:
        raise InvalidInput(_("Give the issuer (https://...), the client id and the secret."))
    try:
        DOMAIN(domain)
    except ValidationError as wrong:
        raise InvalidInput(_("Give a domain of e-mail addresses, such as zwolle.nl.")) from wrong
    if SignOn.objects.filter(domain=domain).exclude(organisation=organisation).exists():
        raise InvalidInput(_("Another organisation signs in people with this domain."))
    given = {"issuer": issuer, "client_id": client_id, "domain": domain, "is_active": True}
    sign_on, _new = SignOn.objects.update_or_create(
        organisation=organisation, defaults={**given, "secret": seal(secret)}
    )
    record(Deed.SIGN_ON_CHANGED, sign_on, by=by, organisation=organisation.pk, active=True)
    return sign_on


@transaction.atomic
def end_sign_on(organisation: Organisation, *, by: Any = None) -> None:
    """Nobody comes in by it any more. Raises NotNow when there is none."""
    sign_on = SignOn.objects.select_for_update().filter(organisation=organisation).first()
    if sign_on is None or not sign_on.is_active:
        raise NotNow(_("This organisation has no sign-in of its own."))
    sign_on.is_active = False
    sign_on.save(update_fields=["is_active", "modified_at"])
    record(Deed.SIGN_ON_CHANGED, sign_on, by=by, organisation=organisation.pk, active=False)


@transaction.atomic
def arrive(sign_on: SignOn, claims: dict[str, Any], *, known: User | None = None) -> User:
    """Whose account the claims of a checked token speak of. Who has none gets one, as member of the
    organisation and in no role: roles are given by a coordinator.

    Raises NotNow for an address that isn't verified or of another domain, for an account that is
    of other organisations only or was closed, and for a far-reaching role without a second factor:
    who administers the mail of a town hall must not become coordinator by it.
    """
    address = str(claims.get("email", "")).strip().lower()
    if claims.get("email_verified") is not True or not _is_address(address):
        raise NotNow(_("Your organisation does not vouch for your e-mail address."))
    if address.rpartition("@")[2] != sign_on.domain:
        raise NotNow(_("Your e-mail address is not one of this organisation."))
    user = known or User.objects.filter(email=address).first()
    if user is None:
        name = " ".join(str(claims.get("name", "")).split())[:120]
        user = User.objects.create_user(address, name=name)
        Membership.objects.create(user=user, organisation=sign_on.organisation)
        record(Deed.JOINED, user, by=user, organisation=sign_on.organisation_id, roles=[])
        return user
    _check(user, sign_on)
    return user


def _check(user: User, sign_on: SignOn) -> None:
    here = user.memberships.filter(organisation=sign_on.organisation, left_on=None)
    if not user.is_active or not here.exists():
        raise NotNow(_("Your account does not belong to this organisation."))
    if holds_far_reaching_role(user) and not Authenticator.objects.filter(user=user).exists():
        raise NotNow(_("With your role, first set up a second factor: sign in by a mailed link."))


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
