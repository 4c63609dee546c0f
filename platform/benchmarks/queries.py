"""Reads of the benchmarks room. They return rows that a page can show without asking again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When

from benchmarks.enums import FigureStatus, YesNo
from benchmarks.managers import programmes_opened_by_charter
from benchmarks.models import (
    Appointment,
    Cycle,
    Figure,
    IndicatorDefinition,
    Participation,
    Programme,
)
from benchmarks.sharing import participants_of, sees_each
from people.enums import Role
from people.models import Membership, MembershipRole, Organisation


def programmes_of(user: Any) -> QuerySet[Programme]:
    """The programmes that this person is in, with their rounds."""
    return Programme.objects.visible_to(user).prefetch_related("cycles")


def present_round(programme: Programme, today: date) -> Cycle | None:
    """The round that today falls in; else the last one that began, else the first to come."""
    rounds = list(programme.cycles.all())
    begun = [cycle for cycle in rounds if cycle.starts_on <= today]
    running = [cycle for cycle in begun if cycle.ends_on >= today]
    return next(iter(running[-1:] or begun[-1:] or rounds), None)


def rounds_of(programme: Programme) -> QuerySet[Cycle]:
    """The rounds of a programme, latest first, with how many take part in each."""
    return programme.cycles.annotate(participants=Count("participations")).order_by("-starts_on")


def roles_in_programmes(user: Any) -> dict[int, set[str]]:
    """Primary key of a programme -> the roles that this person holds in it, in two queries."""
    roles: dict[int, set[str]] = defaultdict(set)
    for programme, role in Appointment.objects.filter(user=user).values_list("programme", "role"):
        roles[programme].add(role)
    held = MembershipRole.objects.filter(membership__user=user, membership__left_on=None)
    path = "membership__organisation__participations__cycle__programme"
    for programme, role in held.values_list(path, "role").distinct():
        if programme is not None:
            roles[programme].add(role)
    return roles


def participations_in(cycle: Cycle, user: Any) -> QuerySet[Participation]:
    """Who takes part in a round, as far as this person may see, with contacts and involvement."""
    contacts = Membership.objects.select_related("user").order_by("user__name")
    return (
        Participation.objects.visible_to(user)
        .filter(cycle=cycle)
        .select_related("organisation")
        .prefetch_related("involvements", Prefetch("contacts", queryset=contacts))
        .order_by("organisation__name")
    )


def same_organisation_elsewhen(participation: Participation, user: Any) -> QuerySet[Participation]:
    """The other rounds of this programme in which the organisation took part."""
    return (
        Participation.objects.visible_to(user)
        .filter(
            organisation=participation.organisation, cycle__programme=participation.cycle.programme
        )
        .exclude(pk=participation.pk)
        .select_related("cycle")
        .order_by("-cycle__starts_on")
    )


def involved_and_known(rows: Iterable[Any]) -> tuple[int, int]:
    """In how many phases an organisation was involved, of how many that is known of."""
    said = [row.involved for row in rows if row.involved in (YesNo.YES, YesNo.NO)]
    return said.count(YesNo.YES), len(said)


def organisations_staffed_by(user: Any, programme: Programme) -> QuerySet[Organisation]:
    """Organisations of a programme whose people this person adds: all to an administrator; to a
    coordinator those that take part in no benchmark which they don't run themselves, since who is
    of an organisation sees its part in each of its benchmarks."""
    organisations = participants_of(programme)
    if user.is_superuser:
        return organisations
    run = Appointment.objects.filter(user=user, role=Role.COORDINATOR).values("programme")
    elsewhere = Participation.objects.exclude(cycle__programme__in=run)
    return organisations.exclude(pk__in=elsewhere.values("organisation"))


def organisations_shown(user: Any, programme: Programme) -> QuerySet[Organisation]:
    """Organisations whose page of figures this person may open: one's own; all of a programme to a
    role that the charter opens them to."""
    takes_part = Participation.objects.filter(cycle__programme=programme).values("organisation")
    organisations = Organisation.objects.filter(pk__in=takes_part)
    if sees_each(user, programme):
        return organisations
    mine = Membership.objects.filter(user=user, left_on=None).values("organisation")
    return organisations.filter(pk__in=mine)


def definitions_in_force() -> QuerySet[IndicatorDefinition]:
    """The newest version of each indicator's definition."""
    later = IndicatorDefinition.objects.filter(
        indicator=OuterRef("indicator"), version__gt=OuterRef("version")
    )
    return IndicatorDefinition.objects.filter(~Exists(later))


def figures_to_take(user: Any) -> QuerySet[Figure]:
    """The figures that this person may take elsewhere; `in_full` says whether the remark of each
    comes along, as on the page of its organisation.

    Of an organisation whose page they may not open, but which shares its figures with theirs, there
    is the bare value, and none that is disputed: as beside one's own figure on its page.
    """
    member = Membership.objects.filter(user=user, left_on=None)
    # Asked beforehand: within the query they would stand in it three times.
    mine = set(member.values_list("organisation", flat=True))
    opened = set(programmes_opened_by_charter(user).values_list("programme", flat=True))
    in_full = Q(organisation__in=mine) | Q(indicator__programme__in=opened)
    rows: QuerySet[Figure] = Figure.objects.visible_to(user)
    shown = rows.annotate(in_full=Case(When(in_full, then=True), default=False))
    return shown.exclude(in_full=False, status=FigureStatus.DISPUTED)


def other_figures(
    user: Any, figure: Figure | None, groups: Mapping[int, Any] | None
) -> list[Figure]:
    """The figures of the others for the same period that this person may see, lowest first.

    `groups` narrows them down to the group of the figure's organisation.
    """
    if figure is None:
        return []
    others = (
        Figure.objects.visible_to(user)
        .undisputed()
        .filter(indicator=figure.indicator_id, period=figure.period)
        .exclude(organisation=figure.organisation_id)
        .select_related("organisation")
        .order_by("value")
    )
    if groups is None:
        return list(others)
    own = groups.get(figure.organisation_id)
    return [each for each in others if own and groups.get(each.organisation_id) == own]
