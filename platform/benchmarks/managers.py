"""How the records of the benchmarks room are fetched. Fetching is the permission check."""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet


def programmes_open_to(user: Any, prefix: str = "") -> Q:
    """Condition: the programme is one that this person has a role or takes part in.

    `prefix` is the path from the queried model to the programme, e.g. "cycle__programme__".
    """
    if user.is_superuser:
        return Q()
    return Q(**{f"{prefix}appointments__user": user}) | Q(
        **{
            f"{prefix}cycles__participations__organisation__memberships__user": user,
            f"{prefix}cycles__participations__organisation__memberships__left_on": None,
        }
    )


class VisibleThroughProgramme(QuerySet):
    """Rows that are visible to whom the programme is visible to."""

    programme_path = ""

    def visible_to(self, user: Any) -> "VisibleThroughProgramme":
        """Rows of programmes in which this person has a role or takes part."""
        if not user.is_authenticated:
            return self.none()
        programme = apps.get_model("benchmarks", "Programme")
        programmes = programme.objects.filter(programmes_open_to(user)).values("pk")
        return self.filter(**{f"{self.programme_path}__in": programmes})


class ProgrammeQuerySet(VisibleThroughProgramme):
    programme_path = "pk"

    def with_role(self, user: Any, *roles: str) -> "ProgrammeQuerySet":
        """Programmes in which this person was appointed to one of these roles."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(appointments__user=user, appointments__role__in=roles).distinct()


class CycleQuerySet(VisibleThroughProgramme):
    programme_path = "programme"


class ParticipationQuerySet(VisibleThroughProgramme):
    programme_path = "cycle__programme"

    def visible_to(self, user: Any) -> "ParticipationQuerySet":
        """All of a programme to who has a role in it; one's own to who only takes part."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            Q(cycle__programme__appointments__user=user)
            | Q(organisation__memberships__user=user, organisation__memberships__left_on=None)
        ).distinct()


class FigureQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "FigureQuerySet":
        """All of a programme to who has a role in it; one's own organisation's to its members."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(indicator__programme__appointments__user=user)
            | Q(organisation__memberships__user=user, organisation__memberships__left_on=None)
        ).distinct()


def organisations_of_programmes_of(user: Any) -> QuerySet:
    """Primary keys of organisations that take part where this person was appointed to a role."""
    organisation = apps.get_model("people", "Organisation")
    return organisation.objects.filter(
        participations__cycle__programme__appointments__user=user
    ).values("pk")
