"""Reads of this room: querysets and small pictures for a page, nothing decided here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from benchmarks.models import Figure, Participation, Programme
from learningcircles.enums import LEADING_ROLES, OWN_ROLES
from learningcircles.managers import (
    ActionQuerySet,
    CircleQuerySet,
    SessionQuerySet,
    organisations_of,
)
from learningcircles.models import (
    Action,
    ActionFile,
    Attendance,
    Circle,
    CircleMember,
    Decision,
    DefinitionIssue,
    Reading,
    Session,
    Signal,
)
from people.enums import Role
from people.models import Membership, Organisation


def leads(user: Any, programme: Programme) -> bool:
    """Does this person lead or plan sessions in the programme?"""
    return Programme.objects.with_role(user, *LEADING_ROLES).filter(pk=programme.pk).exists()


def takes_part(user: Any, programme: Programme) -> bool:
    """Is this person participant or management of an organisation that takes part?"""
    return Participation.objects.filter(
        cycle__programme=programme, organisation__in=organisations_of(user)
    ).exists()


def programmes_with_part(user: Any) -> QuerySet:
    """Programmes in which an organisation of this person takes part."""
    mine = Participation.objects.filter(organisation__in=organisations_of(user))
    return Programme.objects.visible_to(user).filter(pk__in=mine.values("cycle__programme"))


def _count(rows: QuerySet, to: str) -> Coalesce:
    """How many of these rows point at the outer one, as a subquery: joins would multiply."""
    counted = rows.filter(**{to: OuterRef("pk")}).order_by().values(to).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def circles_of_programme(user: Any, programme: Programme, now: datetime) -> CircleQuerySet:
    """The circles this person sees, with `member_count`, `open_count` and `next_at`."""
    coming = Session.objects.planned().filter(circle=OuterRef("pk"), ends_at__gte=now)
    return (
        Circle.objects.visible_to(user)
        .filter(programme=programme)
        .annotate(
            member_count=_count(CircleMember.objects.current(), "circle"),
            open_count=_count(Action.objects.open(), "session__circle"),
            next_at=Subquery(coming.order_by("starts_at").values("starts_at")[:1]),
        )
        .prefetch_related("facilitators")
    )


def sessions_of_programme(user: Any, programme: Programme) -> SessionQuerySet:
    """All sessions this person sees, with their circle and organisation."""
    sessions = Session.objects.visible_to(user).filter(programme=programme)
    return sessions.select_related("circle", "organisation", "programme")


def members_of(circle: Circle, user: Any) -> QuerySet:
    """Who is in the circle now, with function and how to reach them."""
    members = CircleMember.objects.visible_to(user).filter(circle=circle).current()
    return members.select_related("membership__user", "membership__organisation", "intermediary")


def action_rows(actions: ActionQuerySet) -> ActionQuerySet:
    """Actions with what a line of a list shows."""
    return actions.select_related("programme", "organisation", "owner__user", "session__circle")


def actions_of_circle(circle: Circle, user: Any) -> ActionQuerySet:
    """Actions that were agreed in the circle's sessions."""
    return action_rows(Action.objects.visible_to(user).filter(session__circle=circle))


def with_right_to_change(
    actions: Iterable[Action], user: Any, *, led: Iterable[int] | None = None
) -> list[Action]:
    """The actions, each with `may_change`: what rules.py says of one, for a whole list at once.

    `led` are the programmes (primary keys) in which this person leads sessions, where the page
    has asked that already.
    """
    own = set(organisations_of(user).values_list("organisation", flat=True))
    if led is None:
        led = Programme.objects.with_role(user, *LEADING_ROLES).values_list("pk", flat=True)
    led = set(led)
    rows = list(actions)
    for action in rows:
        owner = action.owner
        owns = owner is not None and owner.user_id == user.pk and owner.left_on is None
        action.may_change = (  # type: ignore[attr-defined]
            owns or action.organisation_id in own or action.programme_id in led
        )
    return rows


def files_of(action: Action, user: Any) -> QuerySet:
    """The files with an action."""
    return ActionFile.objects.visible_to(user).filter(action=action).select_related("shared_by")


def action_in_full(user: Any, pk: int) -> QuerySet:
    """One action with its origin, for its own page."""
    return (
        Action.objects.visible_to(user)
        .filter(pk=pk)
        .select_related(
            "programme",
            "organisation",
            "owner__user",
            "owner__organisation",
            "session__circle",
            "session__programme",
            "signal__figure__indicator",
            "signal__figure__definition",
            "signal__figure__organisation",
            "topic__circle__programme",
            "figure__indicator",
            "figure__definition",
            "figure__organisation",
            "indicator",
        )
    )


def signals_of(session: Session, user: Any) -> QuerySet:
    """The session's signals, each with the actions that came of it."""
    actions = Prefetch("actions", action_rows(Action.objects.visible_to(user)))
    signals = with_figure(Signal.objects.visible_to(user).filter(session=session), user)
    return signals.select_related("organisation", "raised_by").prefetch_related(actions)


def with_figure(rows: QuerySet, user: Any) -> QuerySet:
    """Rows about a figure, with `sees_figure`: may this person see the figure's value?

    What was said about another organisation's figure is in the record; its value is not.
    """
    seen = Figure.objects.visible_to(user).filter(pk=OuterRef("figure"))
    return rows.select_related(
        "figure__indicator", "figure__definition", "figure__organisation"
    ).annotate(sees_figure=Exists(seen))


def readings_of(session: Session, user: Any) -> QuerySet:
    """How the session read its figures."""
    readings = Reading.objects.visible_to(user).filter(session=session)
    return with_figure(readings, user).select_related("noted_by")


def decisions_of(session: Session, user: Any) -> QuerySet:
    """What the session decided."""
    return Decision.objects.visible_to(user).filter(session=session).select_related("noted_by")


def issues_of(session: Session, user: Any) -> QuerySet:
    """The definition issues that the session parked."""
    issues = DefinitionIssue.objects.visible_to(user).filter(session=session)
    return issues.select_related("indicator", "definition").prefetch_related(
        "indicator__definitions"
    )


def guests_of(session: Session, user: Any) -> QuerySet:
    """Who is invited, by organisation."""
    guests = Attendance.objects.visible_to(user).filter(session=session)
    return guests.select_related("membership__user", "membership__organisation")


def people_of_programme(user: Any, programme: Programme) -> QuerySet:
    """Participants and management of the organisations that take part, whom one may invite."""
    takes_part = Participation.objects.filter(cycle__programme=programme).values("organisation")
    return (
        Membership.objects.visible_to(user)
        .filter(organisation__in=takes_part, left_on=None, roles__role__in=OWN_ROLES)
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name")
        .distinct()
    )


def organisations_followed(user: Any, programme: Programme) -> QuerySet:
    """Organisations whose follow-up this person may open: as management, or as who leads."""
    takes_part = Participation.objects.filter(
        cycle__programme=programme, organisation=OuterRef("pk")
    )
    organisations = Organisation.objects.filter(Exists(takes_part))
    if leads(user, programme):
        return organisations
    return organisations.filter(pk__in=organisations_of(user, Role.MANAGEMENT))
