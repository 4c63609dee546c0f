"""Reminders: who must be written to about which actions, once each, in one mail a person."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from benchmarks.models import Appointment
from learningcircles.domain.digests import queue_digest
from learningcircles.enums import ActionStatus, ReminderKind
from learningcircles.models import Action, ActionReminder, FollowUpRule
from people.enums import Role
from people.models import MembershipRole, User

PROMISED = (ActionStatus.AGREED, ActionStatus.UNDER_WAY, ActionStatus.HANDED_OVER)


class Reason(NamedTuple):
    """Why somebody must be written to: which action, for what, about which date."""

    action: int
    kind: str
    about: date


@dataclass(frozen=True)
class Recipients:
    """Who is written to about an action, by role; looked up once for all actions."""

    @cached_property
    def _held(self) -> dict[tuple[int, str], list[int]]:
        held: dict[tuple[int, str], list[int]] = defaultdict(list)
        rows = MembershipRole.objects.filter(
            membership__left_on=None, membership__user__is_active=True
        ).order_by("membership")
        for organisation, role, user in rows.values_list(
            "membership__organisation", "role", "membership__user"
        ):
            held[organisation, role].append(user)
        return held

    @cached_property
    def _coordinators(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        rows = Appointment.objects.filter(role=Role.COORDINATOR, user__is_active=True)
        for programme, user in rows.order_by("pk").values_list("programme", "user"):
            found[programme].append(user)
        return found

    def management(self, action: Action) -> list[int]:
        """Management of the organisation, or the coordinators when it has none."""
        held = self._held.get((action.organisation_id, Role.MANAGEMENT))
        return held or self._coordinators.get(action.programme_id, [])

    def colleagues(self, action: Action) -> list[int]:
        """The participants of the organisation, or whoever manages it."""
        held = self._held.get((action.organisation_id, Role.PARTICIPANT))
        return held or self.management(action)

    def of(self, action: Action, kind: str) -> list[int]:
        """The owner, as long as they are there and it is up to them; or else who must step in."""
        if kind == ReminderKind.ESCALATED or action.status == ActionStatus.HANDED_OVER:
            return self.management(action)
        owner = action.owner
        if owner is not None and owner.left_on is None and owner.user.is_active:
            return [owner.user_id]
        return self.colleagues(action)


def reasons_on(action: Action, today: date, rule: FollowUpRule) -> Iterator[Reason]:
    """Why this action must be written about on a day."""
    if action.due is not None:
        if action.due < today - timedelta(days=rule.escalate_after):
            yield Reason(action.pk, ReminderKind.ESCALATED, action.due)
        if action.due < today:
            yield Reason(action.pk, ReminderKind.OVERDUE, action.due)
        elif action.due <= today + timedelta(days=rule.remind_before):
            yield Reason(action.pk, ReminderKind.SOON, action.due)
    if action.owner is not None and action.owner.left_on is not None:
        yield Reason(action.pk, ReminderKind.INCOMPLETE, action.owner.left_on)
    elif not action.has_owner or action.due is None:
        since = action.agreed_on or today
        if since <= today - timedelta(days=rule.flag_after):
            yield Reason(action.pk, ReminderKind.INCOMPLETE, since)


def _candidates(today: date) -> Any:
    """Promised and open actions about which anything could have to be written."""
    longest = FollowUpRule.objects.order_by("-remind_before").first()
    ahead = max(longest.remind_before if longest else 0, FollowUpRule().remind_before)
    unowned = Q(owner=None) | Q(owner__left_on__isnull=False)
    return (
        Action.objects.filter(status__in=PROMISED)
        .filter(
            Q(due__lte=today + timedelta(days=ahead)) | Q(due=None) | (unowned & Q(owner_name=""))
        )
        .select_related("owner__user", "session__circle__follow_up_rule")
        .order_by("pk")
    )


def rule_of(action: Action) -> FollowUpRule:
    """The rule of the circle in which it was agreed, or the usual one."""
    circle = action.session.circle if action.session else None
    return getattr(circle, "follow_up_rule", None) or FollowUpRule()


def wanted_on(today: date) -> dict[int, set[Reason]]:
    """Who has not been written to yet about what, by primary key of the person."""
    recipients, wanted = Recipients(), defaultdict[int, set[Reason]](set)
    for action in _candidates(today).iterator(chunk_size=2000):
        for reason in reasons_on(action, today, rule_of(action)):
            for user in recipients.of(action, reason.kind):
                wanted[user].add(reason)
    told = ActionReminder.objects.values_list("user", "action", "kind", "about")
    for user, action_id, kind, about in told.iterator(chunk_size=5000):
        if user in wanted:
            wanted[user].discard(Reason(action_id, kind, about))
    return {user: reasons for user, reasons in sorted(wanted.items()) if reasons}


@transaction.atomic
def remind_person(
    user_id: int, reasons: set[Reason], *, today: date, at: datetime | None = None
) -> int:
    """Write one mail about all of these, and note each: both or neither; how many were new.

    The person's row is held meanwhile, so that two workers can't write the same twice.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    told = ActionReminder.objects.filter(user=user).values_list("action", "kind", "about")
    new = sorted(reasons - {Reason(*row) for row in told})
    if not new:
        return 0
    moment = at or timezone.now()
    rows = ActionReminder.objects.bulk_create(
        ActionReminder(
            user=user, action_id=reason.action, kind=reason.kind, about=reason.about, at=moment
        )
        for reason in new
    )
    queue_digest(user, new, today=today, key=f"actions:{user.pk}:{rows[0].pk}")
    return len(new)
