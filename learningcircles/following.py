"""Follow-up: how the actions stood on a day, and how long they took. Counted from the records.

An action is *promised* from the day on which it was agreed; what is only proposed was promised by
nobody. `agreed = open + done + dropped`, on any day: what was done later was open then.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Least

from learningcircles.enums import ActionStatus
from learningcircles.measures.survival import Curve, Duration, curve_of
from learningcircles.models import Action, FollowUpRule, Session


def promised_on(today: date) -> Q:
    """Agreed by that day."""
    return Q(agreed_on__lte=today)


def done_on(today: date) -> Q:
    return promised_on(today) & Q(done_on__lte=today)


def dropped_on(today: date) -> Q:
    """Dropped by that day, after it was promised."""
    return promised_on(today) & Q(dropped_on__lte=today)


def open_on(today: date) -> Q:
    """Promised, and neither done nor dropped by that day."""
    not_done = Q(done_on=None) | Q(done_on__gt=today)
    not_dropped = Q(dropped_on=None) | Q(dropped_on__gt=today)
    return promised_on(today) & not_done & not_dropped


def without_owner_on(today: date) -> Q:
    """Nobody named, or somebody with an account who had left the organisation by that day."""
    return Q(owner_name="") & (Q(owner=None) | Q(owner__left_on__lte=today))


def sessions_it_came_back_at(today: date) -> QuerySet:
    """The held sessions at which the outer action came back, still open, after it was agreed.

    An action that was agreed in a circle comes back at that circle; another one at the sessions of
    its own organisation. For use in a subquery.
    """
    home = ExpressionWrapper(OuterRef("session__circle"), output_field=BigIntegerField())
    closed = Coalesce(OuterRef("done_on"), OuterRef("dropped_on"), today)
    return (
        Session.objects.held()
        .alias(home=home)
        .filter(
            Q(circle=F("home"))
            | Q(
                home=None,
                circle=None,
                organisation=OuterRef("organisation"),
                programme=OuterRef("programme"),
            ),
            starts_at__date__gt=OuterRef("agreed_on"),
            starts_at__date__lte=Least(closed, Value(today), output_field=DateField()),
        )
        .order_by()
    )


def with_times_carried(actions: QuerySet, today: date) -> Any:
    """The actions, each with `times_carried`: at how many sessions it came back, still open."""
    sessions = sessions_it_came_back_at(today).annotate(all=Value(1)).values("all")
    counted = sessions.annotate(n=Count("pk")).values("n")
    return actions.annotate(times_carried=Coalesce(Subquery(counted), 0))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How actions stand. `agreed` leaves out mere proposals; `overdue`, `escalated` (overdue for
    longer than their circle allows), `waiting` (for management), `without_owner` and `carried_over`
    (at least once) are parts of `open`."""

    proposed: int
    agreed: int
    open: int
    overdue: int
    escalated: int
    waiting: int
    without_owner: int
    carried_over: int
    done: int
    dropped: int


def follow_up_counts(actions: QuerySet, today: date) -> FollowUp:
    """Counted from the records, in one query."""
    is_open = open_on(today)
    counted = actions.order_by().alias(came_back=Exists(sessions_it_came_back_at(today)))
    return FollowUp(
        **counted.aggregate(
            proposed=Count("pk", filter=Q(status=ActionStatus.PROPOSED)),
            agreed=Count("pk", filter=promised_on(today)),
            open=Count("pk", filter=is_open),
            overdue=Count("pk", filter=is_open & Q(due__lt=today)),
            escalated=Count("pk", filter=is_open & FollowUpRule.objects.late(today)),
            waiting=Count("pk", filter=is_open & Q(status=ActionStatus.HANDED_OVER)),
            without_owner=Count("pk", filter=is_open & without_owner_on(today)),
            carried_over=Count("pk", filter=is_open & Q(came_back=True)),
            done=Count("pk", filter=done_on(today)),
            dropped=Count("pk", filter=dropped_on(today)),
        )
    )


def durations_of(actions: QuerySet, today: date) -> Counter[Duration]:
    """How many actions took so many days from agreed to done: {(days, done): how many}.

    What is still open counts as longer than it has been open (censored today). What was *dropped*
    is censored on the day it was dropped: until then it was under way and not done. Counting it as
    done would flatter, leaving it out would forget that somebody tried for so long; the choice
    supposes that what is dropped would else have taken as long as what wasn't.
    """
    counts: Counter[Duration] = Counter()
    rows = actions.filter(promised_on(today)).order_by()
    for agreed, done, dropped in rows.values_list("agreed_on", "done_on", "dropped_on"):
        is_done = done is not None and done <= today
        until = done if is_done else min(dropped or today, today)
        counts[((until - agreed).days, is_done)] += 1
    return counts


def time_to_done(actions: QuerySet, today: date) -> Curve:
    """The curve of time to done of these actions, as it stood on a day."""
    return curve_of(durations_of(actions, today))


def actions_to_follow(programme_id: int, organisation_id: int | None = None) -> QuerySet:
    """All actions of a programme, or those of one organisation in it, for a command or a worker."""
    actions = Action.objects.filter(programme=programme_id)
    return actions if organisation_id is None else actions.filter(organisation=organisation_id)
