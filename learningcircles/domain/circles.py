"""Decisions on learning circles and their members."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benchmarks.models import Participation, Programme
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from learningcircles.domain.sessions import invite, withdraw_invitation
from learningcircles.models import Attendance, Circle, CircleMember, Intermediary
from people.models import Membership, User


def _check_theme(programme: Programme, theme: str, but: int | None = None) -> str:
    theme = " ".join(theme.split())
    if not theme:
        raise InvalidInput(_("A circle needs a theme."))
    same = programme.circles.filter(theme__iexact=theme)
    if any(pk != but for pk in same.values_list("pk", flat=True)):
        raise InvalidInput(_("There is already a circle with this theme."))
    return theme


@transaction.atomic
def start_circle(
    programme: Programme,
    *,
    by: Any,
    theme: str,
    goal: str = "",
    facilitators: Iterable[User] = (),
    key: UUID | None = None,
    **fields: Any,
) -> Circle:
    """Start a circle on a theme; whoever starts it facilitates it unless others are named.

    `fields` are how it meets: form, setting, vote_budget. The same `key` (a form posted twice)
    gives the same circle.
    """
    if key and (made := Circle.objects.filter(key=key, programme=programme).first()):
        return made
    circle = Circle.objects.create(
        programme=programme,
        theme=_check_theme(programme, theme),
        goal=goal.strip(),
        key=key,
        **fields,
    )
    circle.facilitators.set(list(facilitators) or [by])
    log_activity(circle, "start_circle", actor=by)
    return circle


@transaction.atomic
def edit_circle(
    circle: Circle,
    *,
    by: Any,
    theme: str,
    goal: str,
    facilitators: Iterable[User] | None = None,
    **fields: Any,
) -> Circle:
    """Change what a circle is about, who leads it, or how it meets (form, setting, budget)."""
    circle.theme = _check_theme(circle.programme, theme, but=circle.pk)
    circle.goal = goal.strip()
    for name, value in fields.items():
        setattr(circle, name, value)
    circle.save()
    if facilitators is not None:
        circle.facilitators.set(facilitators)
    log_activity(circle, "edit_circle", actor=by)
    return circle


def _check_takes_part(circle: Circle, membership: Membership) -> None:
    takes_part = Participation.objects.filter(
        cycle__programme=circle.programme_id, organisation=membership.organisation_id
    )
    if not takes_part.exists():
        raise InvalidInput(_("This organisation does not take part in the benchmark."))
    if membership.left_on is not None:
        raise InvalidInput(_("This person left the organisation."))


@transaction.atomic
def add_member(
    circle: Circle,
    membership: Membership,
    *,
    by: Any,
    joined_on: date | None = None,
    now: datetime | None = None,
) -> CircleMember:
    """Let somebody join; they are invited to the sessions that are still to come."""
    _check_takes_part(circle, membership)
    member, new = CircleMember.objects.get_or_create(
        circle=circle,
        membership=membership,
        left_on=None,
        defaults={"joined_on": joined_on or timezone.localdate()},
    )
    if new:
        log_activity(circle, "add_member", actor=by, membership=membership.pk)
        coming = circle.sessions.planned().filter(starts_at__gt=now or timezone.now())
        for session in coming:
            invite(session, membership, by=by, now=now)
    return member


@transaction.atomic
def remove_member(
    member: CircleMember, *, by: Any, left_on: date | None = None, now: datetime | None = None
) -> CircleMember:
    """Let somebody leave. What they attended stays; what is to come is cancelled for them."""
    if member.left_on is not None:
        return member
    left = left_on or timezone.localdate()
    if left < member.joined_on:
        raise NotNow(_("Somebody can't leave a circle before joining it."))
    member.left_on = left
    member.save(update_fields=["left_on", "modified_at"])
    Intermediary.objects.filter(member=member).delete()
    log_activity(member.circle, "remove_member", actor=by, membership=member.membership_id)
    coming = Attendance.objects.filter(
        membership=member.membership_id,
        session__circle=member.circle_id,
        session__state="planned",
        session__starts_at__gt=now or timezone.now(),
    )
    for attendance in coming.select_related("session", "membership__user"):
        withdraw_invitation(attendance, by=by, now=now)
    return member


@transaction.atomic
def name_intermediary(member: CircleMember, *, by: Any) -> Intermediary:
    """Name who passes on between the circle and their organisation: one for each organisation."""
    if member.left_on is not None:
        raise NotNow(_("This person left the circle."))
    Intermediary.objects.filter(member=member).delete()
    chosen, _new = Intermediary.objects.update_or_create(
        circle_id=member.circle_id,
        organisation_id=member.membership.organisation_id,
        defaults={"member": member},
    )
    log_activity(member.circle, "name_intermediary", actor=by, membership=member.membership_id)
    return chosen
