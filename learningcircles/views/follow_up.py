"""Follow-up: what became of it, in my organisation?"""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learningcircles import queries
from learningcircles.enums import ActionStatus
from learningcircles.following import FollowUp, follow_up_counts
from learningcircles.managers import ActionQuerySet
from learningcircles.models import Action
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


def _of_sort(actions: ActionQuerySet, sort: str, today: date) -> ActionQuerySet:
    sorts = {
        "overdue": lambda: actions.overdue(today),
        "waiting": lambda: actions.with_management(),
        "without_owner": lambda: actions.open().without_owner(),
        "done": lambda: actions.filter(status=ActionStatus.DONE).order_by("-done_on", "-id"),
        "dropped": lambda: actions.filter(status=ActionStatus.DROPPED).order_by("-dropped_on"),
    }
    return sorts.get(sort, lambda: actions.open())()


def _sorts(counts: FollowUp) -> list[tuple[str, str, int]]:
    return [
        ("waiting", _("Waiting for you"), counts.waiting),
        ("overdue", _("Overdue"), counts.overdue),
        ("open", _("Open"), counts.open),
        ("without_owner", _("Nobody named"), counts.without_owner),
        ("done", _("Done"), counts.done),
        ("dropped", _("Dropped"), counts.dropped),
    ]


@login_required
@require_safe
def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Open, overdue, waiting, done, dropped: counts, and each action one tap away."""
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
    rows = queries.action_rows(_of_sort(actions, show, today))
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
    }
    return page(request, "follow_up", context)
