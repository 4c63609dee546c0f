"""Who is of which organisation, with which roles, until when."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import Deed, record
from core.exceptions import InvalidInput
from core.models import log_activity
from people.domain.accounts import account_of
from people.enums import ORGANISATION_ROLES
from people.models import Membership, MembershipRole, Organisation


@transaction.atomic
def join_organisation(
    organisation: Organisation,
    *,
    by: Any,
    email: str,
    roles: Collection[str],
    name: str = "",
    function: str = "",
) -> Membership:
    """Let somebody be of an organisation with exactly these roles, of ORGANISATION_ROLES.

    Who has no account gets one, with this name; who left and comes back is the same membership.
    """
    if not roles or not set(roles) <= {role.value for role in ORGANISATION_ROLES}:
        raise InvalidInput(_("Say whether this person is participant, management or both."))
    user = account_of(email, name=name, by=by)
    membership, _new = Membership.objects.get_or_create(user=user, organisation=organisation)
    membership.left_on = None
    membership.function = " ".join(function.split()) or membership.function
    membership.save()
    membership.roles.exclude(role__in=roles).delete()
    for role in sorted(roles):
        MembershipRole.objects.get_or_create(membership=membership, role=role)
    log_activity(membership, "join_organisation", actor=by, roles=sorted(roles))
    about = {"organisation": organisation.pk, "roles": sorted(roles)}
    record(Deed.JOINED, user, by=by, **about)
    return membership


@transaction.atomic
def leave_organisation(membership: Membership, *, by: Any, on: date) -> Membership:
    """Somebody is not of the organisation any more from this day on; a second time changes
    nothing. What they did stays; what they still had to do shows as without an owner."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.left_on is None:
        membership.left_on = on
        membership.save(update_fields=["left_on", "modified_at"])
        log_activity(membership, "leave_organisation", actor=by)
        record(Deed.LEFT, membership.user, by=by, organisation=membership.organisation_id)
    return membership
