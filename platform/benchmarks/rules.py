"""Who may do what in a programme, as predicates that read as sentences."""

from typing import Any

import rules

from people.enums import Role


def holds(user: Any, programme: Any, *roles: str) -> bool:
    """Does this person hold one of these roles in the programme?"""
    if not user.is_authenticated:
        return False
    return programme.appointments.filter(user=user, role__in=roles).exists()


def runs_or_evaluates(user: Any) -> bool:
    """Is this person coordinator or evaluator of any programme?"""
    roles = (Role.COORDINATOR, Role.EVALUATOR)
    return bool(user.appointments.filter(role__in=roles).exists())


@rules.predicate
def is_coordinator(user: Any, programme: Any) -> bool:
    return holds(user, programme, Role.COORDINATOR)


@rules.predicate
def is_facilitator(user: Any, programme: Any) -> bool:
    return holds(user, programme, Role.FACILITATOR)


@rules.predicate
def is_evaluator(user: Any, programme: Any) -> bool:
    return holds(user, programme, Role.EVALUATOR)


knows_contacts = is_coordinator | is_facilitator
"""Who may read the names of contact people: an evaluator never needs them."""


@rules.predicate
def has_public_report(user: Any, programme: Any) -> bool:
    return programme.has_public_report


@rules.predicate
def is_administrator(user: Any, programme: Any) -> bool:
    return bool(user.is_active and user.is_superuser)


may_appoint = is_administrator | is_coordinator
"""Who gives people roles: who administers the installation, and who runs the programme."""

rules.add_perm("benchmarks.run_programme", is_coordinator)
rules.add_perm("benchmarks.lead_sessions", is_facilitator | is_coordinator)
rules.add_perm("benchmarks.read_report", has_public_report | is_evaluator | is_coordinator)
rules.add_perm("benchmarks.evaluate_programme", is_evaluator | is_coordinator)
