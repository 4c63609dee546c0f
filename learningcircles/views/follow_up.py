"""Follow-up: what became of it, in my organisation?"""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learningcircles import queries
from learningcircles.comparing import beside_the_group
from learningcircles.curves import picture_of
from learningcircles.enums import ActionStatus
from learningcircles.following import (
    FollowUp,
    follow_up_counts,
    open_on,
    sessions_it_came_back_at,
    with_times_carried,
)
from learningcircles.group import group_of
from learningcircles.managers import ActionQuerySet
from learningcircles.models import Action
from learningcircles.overview import STATES, overview_of
from learningcircles.practices import adopted_by
from learningcircles.views.common import crumbs, page, programme_for
from people.models import Organisation

A_PAGE = 50


def _chosen(request: HttpRequest, organisations: list[Organisation]) -> Organisation:
    """The organisation in the address, or the first one; 404 for one that isn't followed."""
    code = request.GET.get("organisation")
    for organisation in organisations:
        if code in (None, "", organisation.code):
            return organisation
    raise Http404


def _of_sort(actions: ActionQuerySet, sort: str, today: date) -> Any:
    promised = actions.filter(open_on(today))
    sorts = {
        "overdue": lambda: promised.filter(due__lt=today),
        "escalated": lambda: actions.escalated(today),
        "waiting": lambda: promised.filter(status=ActionStatus.HANDED_OVER),
        "without_owner": lambda: actions.without_owner().filter(open_on(today)),
        "carried_over": lambda: promised.filter(Exists(sessions_it_came_back_at(today))),
        "proposed": lambda: actions.filter(status=ActionStatus.PROPOSED),
        "done": lambda: actions.filter(status=ActionStatus.DONE).order_by("-done_on", "-id"),
        "dropped": lambda: actions.filter(status=ActionStatus.DROPPED).order_by("-dropped_on"),
    }
    return sorts.get(sort, lambda: promised)()


def _sorts(counts: FollowUp) -> list[tuple[str, str, int]]:
    return [
        ("waiting", _("Waiting for you"), counts.waiting),
        ("escalated", _("Long overdue"), counts.escalated),
        ("overdue", _("Overdue"), counts.overdue),
        ("open", _("Open"), counts.open),
        ("without_owner", _("Nobody named"), counts.without_owner),
        ("carried_over", _("Carried over"), counts.carried_over),
        ("proposed", _("Proposed"), counts.proposed),
        ("done", _("Done"), counts.done),
        ("dropped", _("Dropped"), counts.dropped),
    ]


@login_required
@require_safe
def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Open, overdue, waiting, done, dropped: counts, and each action one tap away; how long it
    takes, what became of each quarter's promises, and how the group stands."""
    programme = programme_for(request, code)
    organisations = list(queries.organisations_followed(request.user, programme))
    organisation = _chosen(request, organisations)
    today = timezone.localdate()
    actions = Action.objects.visible_to(request.user).filter(
        programme=programme, organisation=organisation
    )
    counts = follow_up_counts(actions, today)
    asked = request.GET.get("show") or ("waiting" if counts.waiting else "open")
    sorts = _sorts(counts)
    show = asked if asked in {name for name, _label, _n in sorts} else "open"
    rows = with_times_carried(queries.action_rows(_of_sort(actions, show, today)), today)
    overview, group = overview_of(actions, today), group_of(programme)
    context = {
        "programme": programme,
        "crumbs": crumbs(programme)[:1],
        "organisations": organisations,
        "organisation": organisation,
        "counts": counts,
        "sorts": sorts,
        "show": show,
        "actions": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "today": today,
        "overview": overview,
        "adopted": adopted_by(organisation, programme, request.user),
        "states": [state.label for state in STATES],
        "picture": picture_of(overview.curve, group.curve if group else None),
        "group": group,
        "comparison": beside_the_group(counts, overview.curve, group),
    }
    return page(request, "follow_up", context)
