"""The topics of a circle: proposing them, and distributing one's points."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningcircles import queries
from learningcircles.domain.topics import close_topic
from learningcircles.forms.topics import TopicForm, VotesForm
from learningcircles.models import Circle, CircleMember, Topic
from learningcircles.views.common import crumbs, led_circle, page, saved
from learningcircles.votes import own_membership, topics_by_votes, votes_of


def _circle(request: HttpRequest, code: str, pk: int) -> Circle:
    circles = Circle.objects.visible_to(request.user).select_related("programme")
    return get_object_or_404(circles, programme__code=code, pk=pk)


def _votes_form(member: CircleMember | None, topics: list[Topic], data: Any) -> VotesForm | None:
    if member is None or not topics:
        return None
    return VotesForm(data, member=member, topics=topics, given=votes_of(member))


def _topics_page(request: HttpRequest, circle: Circle, **shown: Any) -> HttpResponse:
    user = request.user
    topics = list(topics_by_votes(circle, user))
    member = own_membership(circle, user)
    closed = Topic.objects.visible_to(user).filter(circle=circle).exclude(closed_on=None)
    context = {
        "programme": circle.programme,
        "circle": circle,
        "crumbs": crumbs(
            circle.programme, (circle, reverse("circle", args=[circle.programme.code, circle.pk]))
        ),
        "topics": topics,
        "closed": closed.order_by("-closed_on")[:20],
        "leads": queries.leads(user, circle.programme),
        "votes_form": _votes_form(member, topics, None),
        "topic_form": TopicForm(circle=circle, user=user),
        **shown,
    }
    return page(request, "topics", context, *shown.values())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def circle_topics(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What could we go into? Members and who leads propose."""
    circle = _circle(request, code, pk)
    if request.method != "POST":
        return _topics_page(request, circle)
    form = TopicForm(request.POST, circle=circle, user=request.user)
    if saved(form) is None:
        return _topics_page(request, circle, topic_form=form)
    messages.success(request, _("The topic is on the list."))
    return redirect("circle_topics", code=code, pk=pk)


@login_required
@require_POST
def circle_votes(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A member distributes their points."""
    circle = _circle(request, code, pk)
    members = circle.members.current().filter(membership__user=request.user)
    member = get_object_or_404(members.select_related("circle", "membership__user"))
    topics = list(topics_by_votes(circle, request.user))
    form = VotesForm(request.POST, member=member, topics=topics, given=votes_of(member))
    if saved(form) is None:
        return _topics_page(request, circle, votes_form=form)
    messages.success(request, _("Your points are noted; you can change them until the meeting."))
    return redirect("circle_topics", code=code, pk=pk)


@login_required
@require_POST
def topic_close(request: HttpRequest, code: str, pk: int, topic_pk: int) -> HttpResponse:
    """Off the list: it had its turn, or nobody wants it any more."""
    circle = led_circle(request, code, pk)
    topics = Topic.objects.visible_to(request.user).filter(circle=circle)
    close_topic(get_object_or_404(topics, pk=topic_pk), by=request.user)
    return redirect("circle_topics", code=code, pk=pk)
