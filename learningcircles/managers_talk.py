"""How the records of a talk are fetched: its agenda, minutes, own readings, papers, feedback.

Fetching is the permission check, as in `managers.py`, which this builds on.
"""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from learningcircles.enums import IssueState
from learningcircles.managers import organisations_of, programmes_led_by


class ThroughTopic(QuerySet):
    """Rows that are visible to whom their topic is visible to."""

    def visible_to(self, user: Any) -> "ThroughTopic":
        """Rows of the topics that this person sees."""
        topic = apps.get_model("learningcircles", "Topic")
        return self.filter(topic__in=topic.objects.visible_to(user).values("pk"))


class ThroughItem(QuerySet):
    """Rows that are visible to whom their item of the agenda is visible to."""

    def visible_to(self, user: Any) -> "ThroughItem":
        """Rows of the agenda items that this person sees."""
        item = apps.get_model("learningcircles", "AgendaItem")
        return self.filter(item__in=item.objects.visible_to(user).values("pk"))


class ThroughMinutes(QuerySet):
    """Rows that are visible to whom their minutes are visible to."""

    def visible_to(self, user: Any) -> "ThroughMinutes":
        """Rows of the minutes that this person sees."""
        minutes = apps.get_model("learningcircles", "Minutes")
        return self.filter(minutes__in=minutes.objects.visible_to(user).values("pk"))


class PaperQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "PaperQuerySet":
        """Papers of the minutes and of the circles that this person sees."""
        circle = apps.get_model("learningcircles", "Circle")
        minutes = apps.get_model("learningcircles", "Minutes")
        return self.filter(
            Q(circle__in=circle.objects.visible_to(user).values("pk"))
            | Q(minutes__in=minutes.objects.visible_to(user).values("pk"))
        )


class OwnReadingQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "OwnReadingQuerySet":
        """Those of one's own organisation in sessions one sees, and of sessions one facilitates.

        A coordinator who does not lead the session sees none: what an organisation says for
        itself is for itself and the facilitator.
        """
        if not user.is_authenticated:
            return self.none()
        session = apps.get_model("learningcircles", "Session")
        seen = session.objects.visible_to(user)
        return self.filter(
            Q(
                organisation__in=organisations_of(user),
                session__in=seen.values("pk"),
            )
            | Q(session__in=session.objects.facilitated_by(user).values("pk"))
        )


class ThroughOwnReading(QuerySet):
    """Rows that are visible to whom their private part is visible to."""

    def visible_to(self, user: Any) -> "ThroughOwnReading":
        """Rows of the private parts that this person sees."""
        own = apps.get_model("learningcircles", "OwnReading")
        return self.filter(own_reading__in=own.objects.visible_to(user).values("pk"))


class AgendaTemplateQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "AgendaTemplateQuerySet":
        """Those of the benchmarks in which this person prepares sessions."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(programme__in=programmes_led_by(user))


class OwnFeedbackQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "OwnFeedbackQuerySet":
        """What one answered oneself; of others there are only counts."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(attendance__membership__user=user)


class DefinitionIssueQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "DefinitionIssueQuerySet":
        """Those of the sessions one sees; all of a programme to who leads sessions in it."""
        if not user.is_authenticated:
            return self.none()
        session = apps.get_model("learningcircles", "Session")
        return self.filter(
            Q(programme__in=programmes_led_by(user))
            | Q(session__in=session.objects.visible_to(user).values("pk"))
        )

    def parked(self) -> "DefinitionIssueQuerySet":
        return self.filter(state=IssueState.PARKED)
