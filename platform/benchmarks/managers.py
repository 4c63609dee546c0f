"""How the records of the benchmarks room are fetched. Fetching is the permission check."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from benchmarks.enums import FigureStatus
from people.enums import Role


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

    def shared(self) -> "ProgrammeQuerySet":
        """Programmes whose participants have all agreed to the newest version of the charter."""
        consent = apps.get_model("benchmarks", "CharterConsent").objects.in_force()
        given = consent.filter(
            charter__programme=OuterRef("cycle__programme"), organisation=OuterRef("organisation")
        )
        participations = apps.get_model("benchmarks", "Participation").objects.of_now()
        missing = participations.filter(~Exists(given), cycle__programme=OuterRef("pk"))
        there = consent.filter(charter__programme=OuterRef("pk"))
        return self.filter(Exists(there), ~Exists(missing))


class CycleQuerySet(VisibleThroughProgramme):
    programme_path = "programme"


class ParticipationQuerySet(VisibleThroughProgramme):
    programme_path = "cycle__programme"

    def of_now(self) -> "ParticipationQuerySet":
        """In rounds that haven't ended, and in the last round of each programme."""
        later = apps.get_model("benchmarks", "Cycle").objects.filter(
            programme=OuterRef("cycle__programme"), starts_on__gt=OuterRef("cycle__starts_on")
        )
        return self.filter(Q(cycle__ends_on__gte=timezone.localdate()) | ~Exists(later))

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


class IndicatorQuerySet(VisibleThroughProgramme):
    programme_path = "programme"


class FigureImportQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "FigureImportQuerySet":
        """Files of figures are the coordinator's business."""
        if not user.is_authenticated:
            return self.none()
        mine = {"user": user, "role": Role.COORDINATOR}
        appointment = apps.get_model("benchmarks", "Appointment")
        return self.filter(
            programme__in=appointment.objects.filter(**mine).values("programme"),
        )


class FigureQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "FigureQuerySet":
        """One's own organisation's figures; those of the others as far as the charter goes.

        Whoever holds a role in the programme sees what the charter opens to that role; a member of
        an organisation that agreed sees those of the others that did, once all have agreed.
        """
        if not user.is_authenticated:
            return self.none()
        own = _organisations_of(user)
        consent = apps.get_model("benchmarks", "CharterConsent").objects.in_force()
        shared = (
            apps.get_model("benchmarks", "Programme")
            .objects.shared()
            .filter(Exists(consent.filter(charter__programme=OuterRef("pk"), organisation__in=own)))
        )
        agreed = consent.filter(
            charter__programme=OuterRef("indicator__programme"),
            organisation=OuterRef("organisation"),
        )
        return self.filter(
            Q(organisation__in=own)
            | Q(indicator__programme__in=programmes_opened_by_charter(user))
            | (Q(indicator__programme__in=shared.values("pk")) & Exists(agreed))
        )

    def undisputed(self) -> "FigureQuerySet":
        """Figures that may be reckoned with: a disputed one counts for nothing until settled."""
        return self.exclude(status=FigureStatus.DISPUTED)


class CharterQuerySet(VisibleThroughProgramme):
    programme_path = "programme"

    def newest(self) -> "CharterQuerySet":
        """Of each programme the version that counts: the last one."""
        later = self.model._default_manager.filter(
            programme=OuterRef("programme"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(later))


class ConsentQuerySet(QuerySet):
    def in_force(self) -> "ConsentQuerySet":
        """Given to the newest version of a charter, and not withdrawn."""
        newest = apps.get_model("benchmarks", "Charter").objects.newest()
        return self.filter(withdrawn_on=None, charter__in=newest.values("pk"))


def _organisations_of(user: Any) -> QuerySet:
    """Primary keys of the organisations that this person is in now."""
    membership = apps.get_model("people", "Membership")
    return membership.objects.filter(user=user, left_on=None).values("organisation")


def programmes_opened_by_charter(user: Any) -> set[int]:
    """Programmes of which the charter lets a role of this person see each organisation's figures.

    A version that opens more than the one before it waits until everybody agreed to it; one that
    opens less counts at once. Without a charter, who runs or leads the programme sees the figures.
    """
    appointment = apps.get_model("benchmarks", "Appointment")
    held = list(appointment.objects.filter(user=user).values_list("programme", "role"))
    charters: dict[int, list[Any]] = defaultdict(list)
    model = apps.get_model("benchmarks", "Charter")
    for charter in model.objects.filter(programme__in={programme for programme, _role in held}):
        charters[charter.programme_id].append(charter)
    programme = apps.get_model("benchmarks", "Programme")
    agreed = set(programme.objects.shared().filter(pk__in=charters).values_list("pk", flat=True))
    return {
        programme
        for programme, role in held
        if _opens(charters[programme][: 1 if programme in agreed else 2], role)
    }


def _opens(charters: list[Any], role: str) -> bool:
    """Do all of these versions let the role see the figures of each organisation?"""
    return all(getattr(charter, f"{role}_sees") for charter in charters)


def organisations_of_programmes_of(user: Any) -> QuerySet:
    """Primary keys of organisations that take part where this person was appointed to a role."""
    organisation = apps.get_model("people", "Organisation")
    return organisation.objects.filter(
        participations__cycle__programme__appointments__user=user
    ).values("pk")
