"""Who may do what in this room, as predicates that read as sentences."""

from typing import Any

import rules

from learningcircles.enums import LEADING_ROLES, OWN_ROLES
from people.enums import Role


@rules.predicate
def leads_the_programme(user: Any, record: Any) -> bool:
    """Facilitator or coordinator of the record's programme."""
    return record.programme.appointments.filter(user=user, role__in=LEADING_ROLES).exists()


@rules.predicate
def owns_the_action(user: Any, action: Any) -> bool:
    owner = action.owner
    return owner is not None and owner.user_id == user.pk and owner.left_on is None


@rules.predicate
def is_of_the_organisation(user: Any, record: Any) -> bool:
    """Participant or management of the organisation that the record belongs to."""
    return user.memberships.filter(
        organisation=record.organisation_id, left_on=None, roles__role__in=OWN_ROLES
    ).exists()


@rules.predicate
def manages_the_organisation(user: Any, record: Any) -> bool:
    return user.memberships.filter(
        organisation=record.organisation_id, left_on=None, roles__role=Role.MANAGEMENT
    ).exists()


rules.add_perm("learningcircles.lead", leads_the_programme)
rules.add_perm(
    "learningcircles.change_this_action",
    owns_the_action | is_of_the_organisation | leads_the_programme,
)
rules.add_perm("learningcircles.decide_on_action", manages_the_organisation)
