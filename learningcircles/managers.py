"""How the records of this room are fetched. Fetching is the permission check.

Facilitators and coordinators of a programme see what is said and agreed in it. A member of a
circle sees that circle; who was invited to a session sees that session, unless they left its
circle. Evaluators and administrators see nothing here: evaluation gets rows without names from
`evidence.py`.
"""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from wagtail.query import PageQuerySet

from benchmarks.models import Programme
from learningcircles.enums import (
    ESCALATE_AFTER,
    LEADING_ROLES,
    OPEN_STATUSES,
    OWN_ROLES,
    ActionStatus,
    SessionState,
)
from people.enums import Role
from people.models import Membership


def programmes_led_by(user: Any) -> QuerySet:
    """Primary keys of the programmes in which this person leads or plans sessions."""
    return Programme.objects.filter(
        appointments__user=user, appointments__role__in=LEADING_ROLES
    ).values("pk")


def organisations_of(user: Any, *roles: str) -> QuerySet:
    """Primary keys of the organisations in which this person holds one of these roles now."""
    return Membership.objects.filter(
        user=user, left_on=None, roles__role__in=roles or OWN_ROLES
    ).values("organisation")


def circles_of(user: Any) -> QuerySet:
    """Primary keys of the circles that this person is a member of now."""
    member = apps.get_model("learningcircles", "CircleMember")
    return member._base_manager.filter(
        membership__user=user, membership__left_on=None, left_on=None
    ).values("circle")


def circles_left_by(user: Any) -> QuerySet:
    """Primary keys of the circles that this person left and did not join again."""
    member = apps.get_model("learningcircles", "CircleMember")
    left = member._base_manager.filter(membership__user=user).exclude(left_on=None)
    return left.exclude(circle__in=circles_of(user)).values("circle")


class CircleQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "CircleQuerySet":
        """One's own circles; all of a programme to who leads sessions in it."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(programme__in=programmes_led_by(user)) | Q(pk__in=circles_of(user)))

    def running(self) -> "CircleQuerySet":
        return self.filter(ended_on=None)


class CircleMemberQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "CircleMemberQuerySet":
        """Members of the circles that one sees: people in a circle know one another."""
        circle = apps.get_model("learningcircles", "Circle")
        return self.filter(circle__in=circle.objects.visible_to(user).values("pk"))

    def current(self) -> "CircleMemberQuerySet":
        """Who is in the circle now: left neither the circle nor the organisation."""
        return self.filter(left_on=None, membership__left_on=None)


class SessionQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "SessionQuerySet":
        """Sessions one leads, of one's circles and organisation, and those one is invited to."""
        if not user.is_authenticated:
            return self.none()
        attendance = apps.get_model("learningcircles", "Attendance")
        invited = attendance._base_manager.filter(
            membership__user=user, membership__left_on=None
        ).exclude(session__circle__in=circles_left_by(user))
        return self.filter(
            Q(programme__in=programmes_led_by(user))
            | Q(circle__in=circles_of(user))
            | Q(organisation__in=organisations_of(user))
            | Q(pk__in=invited.values("session"))
        )

    def facilitated_by(self, user: Any) -> "SessionQuerySet":
        """Sessions this person leads, or facilitates as a facilitator of the programme."""
        if not user.is_authenticated:
            return self.none()
        facilitated = Programme.objects.filter(
            appointments__user=user, appointments__role=Role.FACILITATOR
        )
        return self.filter(
            Q(programme__in=facilitated.values("pk"))
            | Q(led_by=user, programme__in=programmes_led_by(user))
        )

    def planned(self) -> "SessionQuerySet":
        return self.filter(state=SessionState.PLANNED)

    def held(self) -> "SessionQuerySet":
        return self.filter(state=SessionState.HELD)


class ThroughSession(QuerySet):
    """Rows that are visible to whom their session is visible to."""

    def visible_to(self, user: Any) -> "ThroughSession":
        """Rows of the sessions that this person sees."""
        session = apps.get_model("learningcircles", "Session")
        return self.filter(session__in=session.objects.visible_to(user).values("pk"))


class ThroughCircle(QuerySet):
    """Rows that are visible to whom their circle is visible to."""

    def visible_to(self, user: Any) -> "ThroughCircle":
        """Rows of the circles that this person sees."""
        circle = apps.get_model("learningcircles", "Circle")
        return self.filter(circle__in=circle.objects.visible_to(user).values("pk"))

    def open(self) -> "ThroughCircle":
        """Topics that still wait for their turn."""
        return self.filter(closed_on=None)


class ActionQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "ActionQuerySet":
        """One's own, one's organisation's (participant, management), and those that were agreed
        in a session that one sees."""
        if not user.is_authenticated:
            return self.none()
        session = apps.get_model("learningcircles", "Session")
        return self.filter(
            Q(programme__in=programmes_led_by(user))
            | Q(organisation__in=organisations_of(user))
            | Q(owner__user=user, owner__left_on=None)
            | Q(session__in=session.objects.visible_to(user).values("pk"))
        )

    def open(self) -> "ActionQuerySet":
        return self.filter(status__in=OPEN_STATUSES)

    def overdue(self, today: date) -> "ActionQuerySet":
        """Open, and past its date."""
        return self.open().filter(due__lt=today)

    def with_date_until(self, day: date) -> "ActionQuerySet":
        """Due up to this day, or without a date."""
        return self.filter(Q(due__lte=day) | Q(due=None))

    def without_owner(self) -> "ActionQuerySet":
        """Nobody is named, or who was named left the organisation."""
        return self.filter(Q(owner=None) | Q(owner__left_on__isnull=False), owner_name="")

    def escalated(self, today: date) -> "ActionQuerySet":
        """Promised, open, and past their date for longer than their circle allows."""
        rule = apps.get_model("learningcircles", "FollowUpRule")
        return self.open().exclude(status=ActionStatus.PROPOSED).filter(rule.objects.late(today))

    def with_management(self) -> "ActionQuerySet":
        return self.filter(status=ActionStatus.HANDED_OVER)

    def owned_by(self, user: Any) -> "ActionQuerySet":
        return self.filter(owner__user=user, owner__left_on=None)

    def followed_by(self, user: Any) -> "ActionQuerySet":
        """Actions of the organisations whose management this person is."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(organisation__in=organisations_of(user, Role.MANAGEMENT))


class FollowUpRuleQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "FollowUpRuleQuerySet":
        """The rules of the circles that one sees."""
        circle = apps.get_model("learningcircles", "Circle")
        return self.filter(circle__in=circle.objects.visible_to(user).values("pk"))

    def late(self, today: date) -> Q:
        """Condition on actions: past their date for longer than the rule of their circle, or than
        the usual time where there is no rule."""
        path = "session__circle__follow_up_rule"
        late = Q(**{path: None, "due__lt": today - timedelta(days=ESCALATE_AFTER)})
        for days in self.order_by().values_list("escalate_after", flat=True).distinct():
            since = today - timedelta(days=days)
            late |= Q(**{f"{path}__escalate_after": days, "due__lt": since})
        return late


class ThroughAction(QuerySet):
    """Rows that are visible to whom their action is visible to."""

    def visible_to(self, user: Any) -> "ThroughAction":
        """Rows of the actions that this person sees."""
        action = apps.get_model("learningcircles", "Action")
        return self.filter(action__in=action.objects.visible_to(user).values("pk"))


class PracticeQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> "PracticeQuerySet":
        """What is public to anyone; what is published in a benchmark to who has a role or takes
        part in it; drafts to who leads it and to the organisation whose practice it is."""
        public = Q(live=True, is_public=True)
        if not user.is_authenticated:
            return self.filter(public)
        with_part = Programme.objects.filter(
            cycles__participations__organisation__in=organisations_of(user)
        )
        with_role = Programme.objects.filter(appointments__user=user)
        return self.filter(
            public
            | Q(live=True, programme__in=with_part.values("pk"))
            | Q(live=True, programme__in=with_role.values("pk"))
            | Q(programme__in=programmes_led_by(user))
            | Q(organisation__in=organisations_of(user))
        )


class AdoptionQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "AdoptionQuerySet":
        """Steps of one's own organisation, and all of a programme to who leads it."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(organisation__in=organisations_of(user))
            | Q(practice__programme__in=programmes_led_by(user))
        )
