"""Decisions on definition issues: parked in the talk, settled outside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.domain.indicators import settle_definition
from benchmarks.models import Indicator
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from learningcircles.domain.readings import check_may_be_noted, item_of
from learningcircles.enums import IssueState
from learningcircles.models import AgendaItem, DefinitionIssue, Session


@transaction.atomic
def park_definition_issue(
    session: Session,
    *,
    by: Any,
    indicator: Indicator,
    text: str,
    item: AgendaItem | None = None,
    at: datetime | None = None,
    key: UUID | None = None,
) -> DefinitionIssue:
    """Park doubt about what an indicator means. The same `key` gives the same issue."""
    if key and (made := session.definition_issues.filter(key=key).first()):
        return made
    text = text.strip()
    if not text:
        raise InvalidInput(_("Write what is in doubt."))
    check_may_be_noted(session)
    if indicator.programme_id != session.programme_id:
        raise InvalidInput(_("This figure belongs to another benchmark."))
    issue = DefinitionIssue.objects.create(
        programme_id=session.programme_id,
        session=session,
        indicator=indicator,
        text=text,
        item=item_of(session, item),
        raised_by=by,
        raised_at=at or timezone.now(),
        key=key,
    )
    log_activity(issue, "park_definition_issue", actor=by)
    return issue


@transaction.atomic
def settle_definition_issue(
    issue: DefinitionIssue,
    *,
    by: Any,
    outcome: str,
    changes: Mapping[str, Any] | None = None,
    comparable: bool = True,
    at: datetime | None = None,
) -> DefinitionIssue:
    """Say how it was settled; `changes` of the definition make its next version, in the same
    transaction. Without changes the definition stays as it is.

    `comparable`: may figures of the new version be laid beside the earlier ones?
    """
    current = DefinitionIssue.objects.select_for_update().get(pk=issue.pk)
    if not current.is_parked:
        raise NotNow(_("This definition issue was settled already."))
    outcome = outcome.strip()
    if not outcome:
        raise InvalidInput(_("Say how it was settled."))
    if changes:
        current.definition = settle_definition(
            current.indicator, reason=outcome, comparable=comparable, by=by, **changes
        )
    current.state = IssueState.SETTLED
    current.outcome = outcome
    current.settled_at = at or timezone.now()
    current.settled_by = by
    current.save()
    log_activity(current, "settle_definition_issue", actor=by)
    return current
