"""What the views of figures share: fetching, which is the permission check, and the way back up."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from benchmarks.enums import GroupKind
from benchmarks.models import Programme
from benchmarks.queries import organisations_shown
from benchmarks.sharing import is_shared
from people.enums import Role
from people.models import Organisation

type Crumbs = list[tuple[Any, str]]


def programme_for(request: HttpRequest, code: str) -> Programme:
    """A programme that this person sees, or 404."""
    return get_object_or_404(Programme.objects.visible_to(request.user), code=code)


def programme_run_by(request: HttpRequest, code: str) -> Programme:
    """A programme that this person coordinates, or 404."""
    mine = Programme.objects.with_role(request.user, Role.COORDINATOR)
    return get_object_or_404(mine, code=code)


def organisation_shown(request: HttpRequest, programme: Programme, code: str) -> Organisation:
    """An organisation whose figures this person may open, or 404."""
    return get_object_or_404(organisations_shown(request.user, programme), code=code)


def own_organisation(
    request: HttpRequest, programme: Programme, code: str, *roles: str
) -> Organisation:
    """An organisation in the programme in which this person holds a role now, or 404."""
    return get_object_or_404(own_organisations(request.user, programme, *roles), code=code)


def own_organisations(user: Any, programme: Programme, *roles: str) -> QuerySet[Organisation]:
    """Those of this person's organisations that take part in the programme."""
    held: dict[str, Any] = {"memberships__user": user, "memberships__left_on": None}
    if roles:
        held["memberships__roles__role__in"] = roles
    takes_part = programme.cycles.values("participations__organisation")
    return Organisation.objects.filter(**held, pk__in=takes_part).distinct()


def group_kind(request: HttpRequest) -> GroupKind:
    """The group in the address; all participants when there is none, or no such group."""
    asked = request.GET.get("group", "")
    return GroupKind(asked) if asked in GroupKind.values else GroupKind.ALL


def groups_offered(programme: Programme, organisation: Organisation) -> list[GroupKind]:
    """The groups that make sense: own choice is offered once figures are shared."""
    offered = [GroupKind.ALL]
    if organisation.size_class:
        offered.append(GroupKind.SIZE)
    if organisation.region:
        offered.append(GroupKind.REGION)
    if is_shared(programme):
        offered.append(GroupKind.CHOSEN)
    return [*offered, GroupKind.BEST]


def programme_name(programme: Programme) -> str:
    """Its name in the language of the page."""
    return (programme.name_en if get_language() == "en" else "") or programme.name


def crumbs(programme: Programme, organisation: Organisation | None = None) -> Crumbs:
    """The way back up."""
    code = programme.code
    way: Crumbs = [
        (programme_name(programme), reverse("programme", args=[code])),
    ]
    if organisation is not None:
        way.append((_("Figures"), reverse("figures", args=[code])))
        way.append((organisation, reverse("our_figures", args=[code, organisation.code])))
    return way
