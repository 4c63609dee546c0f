"""Who may do what with a report, as predicates that read as sentences."""

from typing import Any

import rules

from benchmarks.enums import ProgrammeKind
from benchmarks.rules import has_public_report, is_coordinator, is_evaluator


@rules.predicate
def is_study(user: Any, programme: Any) -> bool:
    return programme.kind == ProgrammeKind.STUDY


rules.add_perm("evaluation.judge", is_evaluator)
"""Give a finding another grade, and write notes."""
rules.add_perm("evaluation.make_report", is_evaluator | is_coordinator)
rules.add_perm(
    "evaluation.see_records", (is_study & has_public_report) | is_evaluator | is_coordinator
)
"""Which organisation has which value, and what it rests on. A public report of a benchmark that
is no published study shows counts only."""


def may(user: Any, permission: str, programme: Any) -> bool:
    """Asks the rules alone: an administrator has no right here without a role in the programme."""
    return bool(rules.has_perm(permission, user, programme))
